/**
 * Messages that wait for another server, durable in MariaDB.
 *
 * <p>Way in: {@link dev.postroom.queue.Outbox} inside the caller's transaction. Entries are claimed
 * with leases.
 */
@NullMarked
package dev.postroom.queue;

import org.jspecify.annotations.NullMarked;
