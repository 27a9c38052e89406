package dev.postroom.sending;

import dev.postroom.directory.SendingLimits;
import java.util.List;

/**
 * All that bounds the sending of one mailbox.
 *
 * @param bounds those with limits, the narrowest first
 * @param recipientsPerMessage {@link dev.postroom.directory.PlanLimits#UNLIMITED} for no limit
 */
record Rules(long mailboxId, long accountId, List<Bound> bounds, long recipientsPerMessage) {
  private static final int ALL = 100;

  /** A part of each limit; of one that allows something, one at least. */
  Rules within(int percent) {
    return new Rules(
        mailboxId,
        accountId,
        bounds.stream()
            .map(bound -> new Bound(bound.scope(), part(bound.limits(), percent), bound.words()))
            .toList(),
        recipientsPerMessage);
  }

  private static SendingLimits part(SendingLimits limits, int percent) {
    return new SendingLimits(
        part(limits.messagesPerHour(), percent),
        part(limits.messagesPerDay(), percent),
        part(limits.recipientsPerHour(), percent),
        part(limits.recipientsPerDay(), percent));
  }

  private static long part(long limit, int percent) {
    return limit <= 0 ? limit : Math.max(1, limit / ALL * percent + limit % ALL * percent / ALL);
  }
}
