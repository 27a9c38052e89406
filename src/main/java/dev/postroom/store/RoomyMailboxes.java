package dev.postroom.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * Mailboxes that had much room a moment ago: they need not be asked again for each message. It is a
 * first answer only, as whoever adds a message checks under the lock.
 */
final class RoomyMailboxes {
  /** Several of the largest messages. */
  private static final long MUCH = 512L << 20;

  private static final Duration A_MOMENT = Duration.ofSeconds(5);

  private final Cache<Long, Boolean> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(A_MOMENT).build();

  /**
   * @param room asked when it is not known, gives the octets that a mailbox can take
   */
  boolean haveRoom(long mailboxId, long octets, LongUnaryOperator room) {
    if (octets <= MUCH && known.getIfPresent(mailboxId) != null) {
      return true;
    }
    long left = room.applyAsLong(mailboxId);
    if (left >= MUCH) {
      known.put(mailboxId, Boolean.TRUE);
    }
    return octets <= left;
  }
}
