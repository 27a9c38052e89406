package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.RecipientOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where one message goes, the recipients taken together: a mailbox gets one copy, and so does an
 * address elsewhere, however many ways lead there.
 *
 * @param mailboxes by id, each with the recipient that led there first
 * @param relays by address
 */
record Distribution(
    Map<Long, Verdict.Taken> mailboxes, Map<MailAddress, Leg> relays, List<DeadEnd> deadEnds) {
  /** A copy for another server, and what was asked for whom it is. */
  record Leg(Destination.Relay to, RecipientOptions options) {}

  /**
   * @param beenThrough forwarders that have sent the message on before: they do not again
   */
  static Distribution of(List<Verdict.Taken> recipients, Set<MailAddress> beenThrough) {
    var all = new Distribution(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (var recipient : recipients) {
      all.deadEnds.addAll(recipient.deadEnds());
      for (var destination : recipient.destinations()) {
        all.add(recipient, destination, beenThrough);
      }
    }
    return all;
  }

  private void add(Verdict.Taken recipient, Destination destination, Set<MailAddress> beenThrough) {
    switch (destination) {
      case Destination.Deliver(var mailboxId, _) -> mailboxes.putIfAbsent(mailboxId, recipient);
      case Destination.Relay(_, var via)
          when via != null && beenThrough.contains(via.canonical()) ->
          deadEnds.add(
              new DeadEnd(
                  recipient.recipient(), DeadEnd.LOOP, "it comes back to a forwarder it has left"));
      case Destination.Relay relay ->
          relays.putIfAbsent(relay.address(), new Leg(relay, recipient.optionsBeyond()));
    }
  }

  boolean leadsNowhere() {
    return mailboxes.isEmpty() && relays.isEmpty();
  }
}
