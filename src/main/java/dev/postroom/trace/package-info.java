/**
 * The story of every message, for whoever asks why it did or did not arrive.
 *
 * <p>In: {@link dev.postroom.trace.Trace#record} from any thread, at the cost of an entry in a
 * queue; a {@link dev.postroom.trace.Story} where many things are known at once. Out: for a viewer
 * its own part. A thread writes what was recorded to the database, many at a time; when it cannot,
 * events are lost and counted, and no mail waits.
 */
@NullMarked
package dev.postroom.trace;

import org.jspecify.annotations.NullMarked;
