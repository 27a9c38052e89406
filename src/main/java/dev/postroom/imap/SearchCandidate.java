package dev.postroom.imap;

import dev.postroom.message.BodyPart;
import dev.postroom.message.Headers;
import dev.postroom.store.StoredMessage;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that is being searched, with what is known of it so far.
 *
 * @param row known from the second look on
 * @param headers from the third, where the index has them; from the last in any case
 * @param body from the last look on, together with {@code octets}
 */
record SearchCandidate(
    int number,
    long uid,
    Set<String> flags,
    @Nullable StoredMessage row,
    @Nullable Headers headers,
    @Nullable BodyPart body,
    @Nullable MessageOctets octets) {
  private static final int MAX_HEADER = 1024 * 1024;

  static SearchCandidate of(int number, MessageNumbers numbers) {
    return new SearchCandidate(
        number, numbers.uid(number), numbers.flags(number), null, null, null, null);
  }

  SearchCandidate with(StoredMessage itsRow) {
    return new SearchCandidate(number, uid, flags, itsRow, null, null, null);
  }

  SearchCandidate with(byte @Nullable [] header) {
    var kept = header == null ? null : Headers.parse(header);
    return new SearchCandidate(number, uid, flags, row, kept, null, null);
  }

  SearchCandidate with(BodyPart itsBody, MessageOctets itsOctets) throws IOException {
    var extent = itsBody.extent();
    var known =
        headers == null
            ? Headers.parse(itsOctets.held(extent.header(), extent.headerSize(), MAX_HEADER))
            : headers;
    return new SearchCandidate(number, uid, flags, row, known, itsBody, itsOctets);
  }

  long contentId() {
    return Objects.requireNonNull(row).contentId();
  }
}
