package dev.postroom.sending;

import java.util.List;

/**
 * All that bounds the sending of one mailbox.
 *
 * @param bounds those with limits, the narrowest first
 * @param recipientsPerMessage {@link dev.postroom.directory.PlanLimits#UNLIMITED} for no limit
 */
record Rules(long mailboxId, long accountId, List<Bound> bounds, long recipientsPerMessage) {}
