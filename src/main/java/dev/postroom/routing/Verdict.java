package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import java.util.List;

/** What {@link Router} says of a recipient. */
public sealed interface Verdict {
  /**
   * Mail is taken.
   *
   * @param destinations at least one
   * @param deadEnds targets of a forwarder that lead nowhere, while others do not
   */
  record Taken(MailAddress recipient, List<Destination> destinations, List<DeadEnd> deadEnds)
      implements Verdict {
    public Taken {
      destinations = List.copyOf(destinations);
      deadEnds = List.copyOf(deadEnds);
    }
  }

  /** The address can never take mail: unknown, suspended, forwarding in a circle. */
  record Refused(DeadEnd deadEnd) implements Verdict {}

  /** Not ours, and whoever asks may not send through us. */
  record RelayDenied(MailAddress recipient) implements Verdict {}

  /** Every mailbox behind it is too full for the message. */
  record Full(MailAddress recipient) implements Verdict {}
}
