/**
 * Work that comes at the same time, done together: group commit.
 *
 * <p>Way in: {@link dev.postroom.rounds.Rounds}. Knows nothing of what the work is.
 */
@NullMarked
package dev.postroom.rounds;

import org.jspecify.annotations.NullMarked;
