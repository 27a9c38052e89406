package dev.postroom.panel;

import dev.postroom.trace.MessageStory;
import dev.postroom.trace.MessageStory.Happening;
import dev.postroom.trace.Outcome;
import dev.postroom.trace.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes sentences of what the trace knows of a message. */
final class Telling {
  /** RFC 5321 §4.2, RFC 2034: what a reply begins with before its words. */
  private static final Pattern CODES =
      Pattern.compile("^[245]\\d\\d[ -](?:[245]\\.\\d{1,3}\\.\\d{1,3} )?");

  private final MessageStory story;

  private Telling(MessageStory story) {
    this.story = story;
  }

  static List<Sentence> of(MessageStory story) {
    var telling = new Telling(story);
    var all = new ArrayList<Sentence>();
    var head = story.head();
    if (head != null) {
      all.add(telling.beginning(head));
    }
    story.happenings().forEach(happening -> all.add(telling.sentence(happening)));
    return all;
  }

  private Sentence beginning(MessageStory.Head head) {
    return new Sentence(
        story.trace().moment(),
        "calm",
        beginningText(head),
        null,
        List.of(
            fact("Sender", head.sender().isEmpty() ? "none: it is a report" : head.sender()),
            fact("Client", head.client()),
            fact("It called itself", head.helo()),
            fact("Encryption", head.tls().isEmpty() ? "none" : head.tls()),
            fact("Logged in as", head.login()),
            fact("Service", head.service()),
            fact("Message-ID", head.messageId()),
            fact("Size", head.size() == 0 ? "" : Words.size(head.size()))));
  }

  private String beginningText(MessageStory.Head head) {
    if (head.client().isEmpty()) {
      return head.service().equals("bulk")
          ? "%s handed it in as bulk mail.".formatted(sender(head))
          : "Written by this server.";
    }
    var from = head.helo().isEmpty() ? head.client() : head.helo() + " (" + head.client() + ")";
    var safely = head.tls().isEmpty() ? "not encrypted" : "encrypted (" + tls(head.tls()) + ")";
    if (head.service().startsWith("submission")) {
      var who = head.login().isEmpty() ? sender(head) : head.login();
      return "%s sent it from %s, %s.".formatted(who, head.client(), safely);
    }
    return (wasTaken() ? "Arrived from %s, %s." : "%s wanted to bring it, %s.")
        .formatted(from, safely);
  }

  private static String sender(MessageStory.Head head) {
    return head.sender().isEmpty() ? "Somebody" : head.sender();
  }

  private boolean wasTaken() {
    return story.happenings().stream()
        .map(happening -> happening.step().outcome())
        .anyMatch(
            outcome ->
                outcome.isPresent()
                    && outcome.get() != Outcome.REFUSED
                    && outcome.get() != Outcome.ABANDONED);
  }

  private Sentence sentence(Happening happening) {
    var to = happening.recipient();
    return switch (happening.step()) {
      case Step.Checked(var check, var verdict, var detail) ->
          sentence(
              happening,
              "calm",
              "The check %s said: %s.".formatted(check, verdict),
              fact("Detail", detail));
      case Step.Refused(var reply) -> refused(happening, reply);
      case Step.Abandoned _ ->
          sentence(
              happening,
              "warn",
              "The other side hung up before all of it was here. As a rule it tries again.");
      case Step.Forwarded forwarded -> sentence(happening, "calm", passedOn(to, forwarded));
      case Step.Delivered(var folder) ->
          sentence(
              happening,
              "good",
              (isReport(happening) ? "The report was put into" : "Put into")
                  + " the mailbox %s, folder %s.".formatted(to, folder));
      case Step.HandedOver _ ->
          sentence(happening, "good", "Taken for %s, which is on this server, too.".formatted(to));
      case Step.Queued _ ->
          sentence(
              happening,
              "calm",
              (isReport(happening) ? "The report is ready" : "Ready")
                  + " to be sent to %s.".formatted(to));
      case Step.Sent sent -> sent(happening, sent);
      case Step.Deferred deferred -> deferred(happening, deferred);
      case Step.Failed(var host, var reply) ->
          sentence(
              happening,
              "bad",
              host.isEmpty()
                  ? "It could not be delivered to %s: %s.".formatted(to, plain(reply, to))
                  : "%s does not take it for %s: “%s”.".formatted(host, to, plain(reply, to)),
              fact("In full", reply),
              fact("Server", host));
      case Step.Reported(var report, var sender) ->
          sentence(
              happening,
              "calm",
              "The sender, %s, was told that %s.".formatted(sender, what(report)));
      case Step.Handled(var action, var by, var words) ->
          sentence(happening, tone(action), done(action, by), fact("Remark", words));
    };
  }

  /** Whether it is for whom reports went to, and no recipient of the message. */
  private boolean isReport(Happening happening) {
    return isToldByReport(story, happening.recipient());
  }

  static boolean isToldByReport(MessageStory story, String recipient) {
    return story.happenings().stream()
        .anyMatch(
            other ->
                other.step() instanceof Step.Reported(_, var to)
                    && to.canonical().toString().equals(recipient)
                    && !other.recipient().equals(recipient));
  }

  private static Sentence sentence(
      Happening happening, String tone, String text, Sentence.Fact... facts) {
    return new Sentence(happening.at(), tone, text, null, List.of(facts));
  }

  private static Sentence.Fact fact(String name, String value) {
    return new Sentence.Fact(name, value);
  }

  private static Sentence refused(Happening happening, String reply) {
    var to = happening.recipient();
    boolean later = reply.startsWith("4");
    var whom = to.isEmpty() ? "" : " for " + to;
    return sentence(
        happening,
        later ? "warn" : "bad",
        later
            ? "Not taken%s yet: %s. The other side was asked to try again later."
                .formatted(whom, plain(reply, to))
            : "Refused%s: %s.".formatted(whom, plain(reply, to)),
        fact("Our answer", reply));
  }

  private static String passedOn(String from, Step.Forwarded forwarded) {
    var target = forwarded.target();
    return switch (forwarded.way()) {
      case FORWARDER -> "The forwarder %s sends it on to %s.".formatted(from, target);
      case CATCH_ALL ->
          "There is no mailbox %s; the catch-all of the domain sends it on to %s."
              .formatted(from, target);
      case RETURN_ADDRESS ->
          "It is a report about a message that was forwarded here; it goes back to its author, %s."
              .formatted(target);
      case OTHER -> "%s leads to %s.".formatted(from, target);
    };
  }

  private static Sentence sent(Happening happening, Step.Sent sent) {
    boolean plainText = sent.security().startsWith("none");
    return sentence(
        happening,
        "good",
        "%s has taken it for %s, %s."
            .formatted(
                sent.host(),
                happening.recipient(),
                plainText ? "not encrypted" : "encrypted (" + tls(sent.security()) + ")"),
        fact("Its answer", sent.reply()),
        fact("On the way", sent.security()));
  }

  private static Sentence deferred(Happening happening, Step.Deferred deferred) {
    var to = happening.recipient();
    var why = plain(deferred.reply(), to);
    return new Sentence(
        happening.at(),
        "warn",
        deferred.host().isEmpty()
            ? "%s could not be reached yet: %s.".formatted(to, why)
            : "%s does not take it for %s yet: “%s”.".formatted(deferred.host(), to, why),
        deferred.until(),
        List.of(fact("In full", deferred.reply()), fact("Server", deferred.host())));
  }

  private static String what(Step.Report report) {
    return switch (report) {
      case FAILED -> "it could not be delivered";
      case DELAYED -> "it is late";
      case DELIVERED -> "it was delivered";
      case RELAYED -> "it was handed to the next server, which reports no more";
    };
  }

  private static String tone(Step.Action action) {
    return switch (action) {
      case HELD -> "warn";
      case RELEASED, RETRIED, REROUTED -> "calm";
      case DROPPED, QUARANTINED -> "bad";
    };
  }

  private static String done(Step.Action action, String by) {
    return switch (action) {
      case HELD -> "Held back by %s.".formatted(by);
      case RELEASED -> "Released by %s.".formatted(by);
      case RETRIED -> "%s asked for another try.".formatted(by);
      case REROUTED -> "%s sent it another way.".formatted(by);
      case DROPPED -> "Deleted by %s.".formatted(by);
      case QUARANTINED -> "Put into quarantine by %s.".formatted(by);
    };
  }

  /** {@code TLSv1.3 TLS_AES_256_GCM_SHA384, verified by DANE}: people know the version. */
  private static String tls(String description) {
    var version = description.split("[ ,]", 2)[0].replace("TLSv", "TLS ");
    int verified = description.indexOf(", verified");
    return verified < 0 ? version : version + description.substring(verified);
  }

  /** Without numbers, without the address that is named before, without the full stop. */
  static String plain(String reply, String recipient) {
    var text = CODES.matcher(reply.strip()).replaceFirst("");
    if (!recipient.isEmpty()) {
      text = text.replaceFirst("(?i)^<?" + Pattern.quote(recipient) + ">?: ?", "");
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
