/**
 * The full-text index behind SEARCH TEXT and BODY: it knows for most messages of a folder whether a
 * text is in them, without a look at the messages.
 *
 * <p>Way in: {@link dev.postroom.search.TextIndex}. The index is derived from the store, lags
 * behind it and may be lost: what it does not know is {@code UNKNOWN}, and the caller looks itself.
 * A message of a folder never changes, so nothing that was indexed becomes wrong. Decision 022.
 */
@NullMarked
package dev.postroom.search;

import org.jspecify.annotations.NullMarked;
