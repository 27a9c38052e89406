package dev.postroom.imap;

import dev.postroom.message.Headers;
import dev.postroom.message.MessageSummary;
import dev.postroom.store.StoredMessage;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that is being searched, with what is known of it so far.
 *
 * @param mayOpenBlob whether it is time for the expensive look
 */
record SearchCandidate(
    int number,
    long uid,
    Set<String> flags,
    @Nullable StoredMessage row,
    @Nullable MessageSummary summary,
    @Nullable Headers headers,
    @Nullable MessageOctets octets,
    boolean mayOpenBlob) {
  private static final int MAX_HEADER = 1024 * 1024;

  static SearchCandidate of(int number, MessageNumbers numbers) {
    return new SearchCandidate(
        number, numbers.uid(number), numbers.flags(number), null, null, null, null, false);
  }

  SearchCandidate with(StoredMessage itsRow) {
    return new SearchCandidate(number, uid, flags, itsRow, null, null, null, false);
  }

  SearchCandidate with(
      MessageSummary itsSummary, byte @Nullable [] header, MessageOctets itsOctets) {
    var kept = header == null ? null : Headers.parse(header);
    return new SearchCandidate(number, uid, flags, row, itsSummary, kept, itsOctets, false);
  }

  /** Ready for the last look: the header is read from the blob if the index does not have it. */
  SearchCandidate withBlob() throws IOException {
    var read = headers == null ? readHeaders() : headers;
    return new SearchCandidate(number, uid, flags, row, summary, read, octets, true);
  }

  private Headers readHeaders() throws IOException {
    var extent = Objects.requireNonNull(summary).body().extent();
    var from = Objects.requireNonNull(octets);
    return Headers.parse(from.held(extent.header(), extent.headerSize(), MAX_HEADER));
  }

  long contentId() {
    return Objects.requireNonNull(row).contentId();
  }
}
