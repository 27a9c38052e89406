/**
 * One message to many recipients: accepted at once, sent at a rate that leaves room for the rest of
 * the account's mail, with progress; and the list of addresses that get no such mail any more.
 *
 * <p>Ways in: {@link dev.postroom.bulk.BulkJobs} and {@link dev.postroom.bulk.Suppressions}. A
 * recipient moves from the job into the queue in one transaction; what became of it there is heard
 * as an event (decision 059).
 */
@NullMarked
package dev.postroom.bulk;

import org.jspecify.annotations.NullMarked;
