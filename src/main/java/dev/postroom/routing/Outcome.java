package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import java.util.Set;

/** What became of an {@link Arrival}. */
public sealed interface Outcome {
  /**
   * Everything is durable: copies in mailboxes, entries in the queue.
   *
   * @param bounced recipients that could not be reached, which the sender is told by a report
   * @param full recipients that had no room, where the client is told so
   */
  record Taken(int delivered, int queued, int bounced, Set<MailAddress> full) implements Outcome {
    public Taken {
      full = Set.copyOf(full);
    }

    public Taken(int delivered, int queued, int bounced) {
      this(delivered, queued, bounced, Set.of());
    }
  }

  /** Nothing was kept: every mailbox is full. Later there may be room. */
  record Full() implements Outcome {}

  /** Nothing was kept: it leads nowhere, or has been here before. */
  record Refused(DeadEnd deadEnd) implements Outcome {}

  /** Nothing was kept: a mailbox was removed since its recipient was named. */
  record Outdated() implements Outcome {}

  /** Nothing was kept: RFC 5321 §6.3. */
  record TooManyHops(int hops) implements Outcome {}
}
