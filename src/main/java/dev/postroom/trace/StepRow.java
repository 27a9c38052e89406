package dev.postroom.trace;

import dev.postroom.mail.MailAddress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Step} as a row of the database has it.
 *
 * @param party the other side: host, folder, address, check
 * @param words as they were said
 * @param until milliseconds since 1970
 */
record StepRow(Kind kind, String party, String words, String extra, @Nullable Long until) {
  /** The names stand in the database. */
  enum Kind {
    CHECKED,
    REFUSED,
    ABANDONED,
    FORWARDED,
    DELIVERED,
    HANDED_OVER,
    QUEUED,
    SENT,
    DEFERRED,
    FAILED,
    REPORTED,
    HANDLED
  }

  static StepRow of(Step step) {
    return switch (step) {
      case Step.Checked(var check, var verdict, var detail) ->
          new StepRow(Kind.CHECKED, check, detail, verdict);
      case Step.Refused(var reply) -> new StepRow(Kind.REFUSED, "", reply, "");
      case Step.Abandoned _ -> new StepRow(Kind.ABANDONED, "", "", "");
      case Step.Forwarded(var way, var target) ->
          new StepRow(Kind.FORWARDED, target.toString(), "", way.name());
      case Step.Delivered(var folder) -> new StepRow(Kind.DELIVERED, folder, "", "");
      case Step.HandedOver _ -> new StepRow(Kind.HANDED_OVER, "", "", "");
      case Step.Queued _ -> new StepRow(Kind.QUEUED, "", "", "");
      case Step.Sent(var host, var reply, var security) ->
          new StepRow(Kind.SENT, host, reply, security);
      case Step.Deferred(var host, var reply, var until) ->
          new StepRow(Kind.DEFERRED, host, reply, "", until.toEpochMilli());
      case Step.Failed(var host, var reply) -> new StepRow(Kind.FAILED, host, reply, "");
      case Step.Reported(var report, var to) ->
          new StepRow(Kind.REPORTED, to.toString(), "", report.name());
      case Step.Handled(var action, var by, var words) ->
          new StepRow(Kind.HANDLED, by, words, action.name());
    };
  }

  private StepRow(Kind kind, String party, String words, String extra) {
    this(kind, party, words, extra, null);
  }

  /** Empty when a later version of this server wrote it, or an address was too long to be kept. */
  static Optional<Step> step(
      String kind, String party, String words, String extra, @Nullable Long until) {
    try {
      return Optional.of(new StepRow(Kind.valueOf(kind), party, words, extra, until).step());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Step step() {
    return switch (kind) {
      case CHECKED -> new Step.Checked(party, extra, words);
      case REFUSED -> new Step.Refused(words);
      case ABANDONED -> new Step.Abandoned();
      case FORWARDED -> new Step.Forwarded(Step.Way.valueOf(extra), MailAddress.parse(party));
      case DELIVERED -> new Step.Delivered(party);
      case HANDED_OVER -> new Step.HandedOver();
      case QUEUED -> new Step.Queued();
      case SENT -> new Step.Sent(party, words, extra);
      case DEFERRED ->
          new Step.Deferred(party, words, Instant.ofEpochMilli(until == null ? 0 : until));
      case FAILED -> new Step.Failed(party, words);
      case REPORTED -> new Step.Reported(Step.Report.valueOf(extra), MailAddress.parse(party));
      case HANDLED -> new Step.Handled(Step.Action.valueOf(extra), party, words);
    };
  }
}
