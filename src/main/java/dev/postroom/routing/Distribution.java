package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.store.Incoming;
import dev.postroom.store.NewMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where one message goes, the recipients taken together: a mailbox gets one copy, and so does an
 * address elsewhere, however many ways lead there.
 *
 * @param mailboxes by id, each with the recipient that led there first
 * @param folders by mailbox, the folder that its copy goes to in place of the inbox
 * @param relays by address
 */
record Distribution(
    Map<Long, Verdict.Taken> mailboxes,
    Map<Long, String> folders,
    Map<MailAddress, Leg> relays,
    List<DeadEnd> deadEnds) {
  /** A copy for another server, and what was asked for whom it is. */
  record Leg(Destination.Relay to, RecipientOptions options) {}

  /**
   * @param beenThrough forwarders that have sent the message on before: they do not again
   */
  static Distribution of(List<Verdict.Taken> recipients, Set<MailAddress> beenThrough) {
    var all =
        new Distribution(
            new LinkedHashMap<>(), new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
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
      case Destination.Deliver(var mailboxId, _, var folder) -> {
        if (mailboxes.putIfAbsent(mailboxId, recipient) == null && folder != null) {
          folders.put(mailboxId, folder);
        }
      }
      case Destination.Relay(_, var via)
          when via != null && beenThrough.contains(via.canonical()) ->
          deadEnds.add(
              new DeadEnd(
                  recipient.recipient(), DeadEnd.LOOP, "it comes back to a forwarder it has left"));
      case Destination.Relay relay ->
          relays.putIfAbsent(relay.address(), new Leg(relay, recipient.optionsBeyond()));
    }
  }

  Incoming incoming(NewMessage message) {
    return new Incoming(mailboxes.keySet(), message, folders);
  }

  boolean leadsNowhere() {
    return mailboxes.isEmpty() && relays.isEmpty();
  }
}
