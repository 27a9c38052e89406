package dev.postroom.sending;

import dev.postroom.directory.SendingLimits;

/**
 * Limits of one that a sender belongs to.
 *
 * @param words how the sender knows it: {@code this mailbox}
 */
record Bound(Scope scope, SendingLimits limits, String words) {}
