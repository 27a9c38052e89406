package dev.postroom.routing;

import dev.postroom.directory.Recipient;
import dev.postroom.directory.Recipients;
import dev.postroom.mail.MailAddress;
import dev.postroom.message.HeaderText;
import dev.postroom.queue.Outgoing;
import dev.postroom.trace.Step;
import dev.postroom.trace.Story;
import dev.postroom.trace.TraceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells where a message goes from here: who passes it on, where it lies, where it waits. */
@ApplicationScoped
class Chronicle {
  private static final String INBOX = "Inbox";
  private static final String FULL = "the mailbox is full";

  private final Recipients directory;
  private final boolean subjects;

  Chronicle(Recipients directory, TraceConfig config) {
    this.directory = directory;
    this.subjects = config.subjects();
  }

  void content(Arrival arrival) {
    var content = arrival.content();
    var envelope = content.scanned().summary().envelope();
    var subject = subjects ? envelope.subject() : null;
    arrival
        .story()
        .content(
            envelope.messageId(),
            subject == null ? null : HeaderText.decodeOctets(subject),
            content.size());
  }

  /** What is told before it is certain: once it is, the queue may be done with it before us. */
  void expect(Arrival arrival, List<Outgoing> relays) {
    for (var recipient : arrival.recipients()) {
      for (var destination : recipient.destinations()) {
        passOn(arrival.story(), recipient.recipient(), destination);
      }
    }
    for (var relay : relays) {
      arrival.story().add(relay.accountId(), relay.recipient(), new Step.Queued());
    }
  }

  private void passOn(Story story, MailAddress recipient, Destination destination) {
    switch (destination) {
      case Destination.Deliver(_, var address, _) when !address.sameMailboxAs(recipient) ->
          story.add(recipient, new Step.Forwarded(way(recipient), address));
      case Destination.Deliver _ -> {}
      case Destination.Relay(var address, var via) when via != null ->
          story.add(recipient, new Step.Forwarded(way(recipient), address));
      case Destination.Relay _ -> {}
    }
  }

  private Step.Way way(MailAddress recipient) {
    if (Srs.isRewritten(recipient)) {
      return Step.Way.RETURN_ADDRESS;
    }
    return switch (directory.resolve(recipient)) {
      case Recipient.CatchAll _ -> Step.Way.CATCH_ALL;
      case Recipient.Forwarded _ -> Step.Way.FORWARDER;
      default -> Step.Way.OTHER;
    };
  }

  /**
   * It was taken: everything is where it should be.
   *
   * @param full mailboxes that had no room for it
   */
  void taken(Arrival arrival, Set<Long> full, List<DeadEnd> deadEnds) {
    var told = new HashSet<MailAddress>();
    for (var recipient : arrival.recipients()) {
      var sender = otherSide(arrival, recipient.recipient());
      if (sender != null) {
        arrival.story().add(sender, recipient.recipient(), new Step.HandedOver());
      }
      for (var destination : recipient.destinations()) {
        if (destination instanceof Destination.Deliver(var mailboxId, var address, _)
            && told.add(address)) {
          if (!full.contains(mailboxId)) {
            arrival.story().add(address, new Step.Delivered(INBOX));
          } else if (arrival.toldApart() && recipient.leadsOnlyTo(full)) {
            tell(arrival, address, new Step.Failed("", FULL)); // the client hears it, no report
          } else {
            fail(arrival, address, FULL);
          }
        }
      }
    }
    deadEnds.stream().distinct().forEach(end -> fail(arrival, end.recipient(), end.why()));
  }

  private void fail(Arrival arrival, MailAddress recipient, String why) {
    var failed = new Step.Failed("", why);
    tell(arrival, recipient, failed);
    var reportTo = arrival.reversePath().address();
    if (reportTo != null && wantsToHear(arrival, recipient)) {
      tell(arrival, recipient, new Step.Reported(Step.Report.FAILED, reportTo));
    }
  }

  private static boolean wantsToHear(Arrival arrival, MailAddress recipient) {
    return arrival.recipients().stream()
        .filter(taken -> taken.recipient().equals(recipient))
        .allMatch(taken -> taken.options().wantsFailure());
  }

  /** To both sides. */
  private void tell(Arrival arrival, MailAddress recipient, Step step) {
    var sender = otherSide(arrival, recipient);
    if (sender != null) {
      arrival.story().add(sender, recipient, step);
    }
    arrival.story().add(recipient, step);
  }

  /** The account of the sender, when the recipient is of another one here. */
  private @Nullable Long otherSide(Arrival arrival, MailAddress recipient) {
    var sender = arrival.sender();
    if (sender == null) {
      return null;
    }
    var owner = directory.accountOf(recipient.domain());
    return owner.isPresent() && !Objects.equals(owner.get(), sender.accountId())
        ? Long.valueOf(sender.accountId())
        : null;
  }
}
