package dev.postroom.routing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.postroom.mail.MailAddress;
import dev.postroom.queue.ReportedOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the sender of a message can be told when it has been taken. */
final class Reported {
  private final Arrival arrival;
  private final Set<Long> full;
  private final Set<MailAddress> toldByReply;
  private final List<DeadEnd> failures;

  /**
   * @param full ids of mailboxes that had no room
   */
  Reported(Arrival arrival, Distribution distribution, Set<Long> full) {
    this.arrival = arrival;
    this.full = full;
    this.toldByReply =
        arrival.toldApart() && !full.isEmpty()
            ? arrival.recipients().stream()
                .filter(recipient -> recipient.leadsOnlyTo(full))
                .map(Verdict.Taken::recipient)
                .collect(toSet())
            : Set.of();
    this.failures =
        Stream.concat(distribution.deadEnds().stream(), fullMailboxes(distribution))
            .distinct()
            .toList();
  }

  private Stream<DeadEnd> fullMailboxes(Distribution distribution) {
    return distribution.mailboxes().keySet().stream()
        .filter(full::contains)
        .flatMap(id -> firstToReport(id).stream())
        .map(recipient -> new DeadEnd(recipient, DeadEnd.MAILBOX_FULL, "the mailbox is full"));
  }

  private Optional<MailAddress> firstToReport(long mailbox) {
    return arrival.recipients().stream()
        .filter(recipient -> recipient.leadsTo(mailbox))
        .map(Verdict.Taken::recipient)
        .filter(recipient -> !toldByReply.contains(recipient))
        .findFirst();
  }

  /** Recipients that had no room, of which no report tells because a reply does. */
  Set<MailAddress> toldByReply() {
    return toldByReply;
  }

  int failures() {
    return failures.size();
  }

  List<ReportedOutcome> outcomes() {
    var outcomes = new ArrayList<ReportedOutcome>();
    var byRecipient = failures.stream().collect(groupingBy(DeadEnd::recipient));
    for (var recipient : arrival.recipients()) {
      byRecipient
          .getOrDefault(recipient.recipient(), List.of())
          .forEach(end -> outcomes.add(failure(recipient, end)));
      success(recipient, outcomes);
    }
    return outcomes;
  }

  private static ReportedOutcome failure(Verdict.Taken recipient, DeadEnd end) {
    return ReportedOutcome.failed(
        recipient.recipient(), recipient.options(), end.status(), end.why());
  }

  /** RFC 3461 §5.2.7: what goes to another server is reported when that has it. */
  private void success(Verdict.Taken recipient, List<ReportedOutcome> outcomes) {
    if (!recipient.options().wantsSuccess()) {
      return;
    }
    if (recipient.isExpanded()) {
      outcomes.add(ReportedOutcome.expanded(recipient.recipient(), recipient.options()));
    } else if (recipient.destinations().getFirst() instanceof Destination.Deliver(var id, _, _)
        && !full.contains(id)) {
      outcomes.add(ReportedOutcome.delivered(recipient.recipient(), recipient.options()));
    }
  }
}
