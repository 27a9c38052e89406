package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.RecipientOptions;
import java.util.List;
import java.util.Set;

/** What {@link Router} says of a recipient. */
public sealed interface Verdict {
  /**
   * Mail is taken.
   *
   * @param destinations none for what this server reads itself ({@link ReportDesk})
   * @param deadEnds targets of a forwarder that lead nowhere, while others do not
   * @param options what the client asked for it
   */
  record Taken(
      MailAddress recipient,
      List<Destination> destinations,
      List<DeadEnd> deadEnds,
      RecipientOptions options)
      implements Verdict {
    public Taken {
      destinations = List.copyOf(destinations);
      deadEnds = List.copyOf(deadEnds);
    }

    /** One of whom nothing was asked. */
    public Taken(MailAddress recipient, List<Destination> destinations, List<DeadEnd> deadEnds) {
      this(recipient, destinations, deadEnds, RecipientOptions.NONE);
    }

    /**
     * Whether it stands for several addresses: that it is expanded is then all that is reported as
     * success (RFC 3461 §5.2.7.3).
     */
    boolean isExpanded() {
      return destinations.size() > 1;
    }

    /** What the servers hear that it is passed on to. */
    RecipientOptions optionsBeyond() {
      return isExpanded() ? options.withoutSuccess() : options;
    }

    /** In the queue under its own address, wherever that leads one day. */
    Taken asNamed() {
      return new Taken(
          recipient, List.of(new Destination.Relay(recipient, null)), List.of(), options);
    }

    /** Whether every copy of it would go into one of these mailboxes. */
    boolean leadsOnlyTo(Set<Long> mailboxes) {
      return !destinations.isEmpty()
          && destinations.stream()
              .allMatch(
                  to -> to instanceof Destination.Deliver(var id, _, _) && mailboxes.contains(id));
    }

    boolean leadsTo(long mailbox) {
      return destinations.stream()
          .anyMatch(to -> to instanceof Destination.Deliver(var id, _, _) && id == mailbox);
    }

    public Taken with(RecipientOptions asked) {
      return new Taken(recipient, destinations, deadEnds, asked);
    }
  }

  /** The address takes no mail: unknown, suspended, forwarding in a circle or to nobody yet. */
  record Refused(DeadEnd deadEnd) implements Verdict {}

  /** Not ours, and whoever asks may not send through us. */
  record RelayDenied(MailAddress recipient) implements Verdict {}

  /** Every mailbox behind it is too full for the message. */
  record Full(MailAddress recipient) implements Verdict {}
}
