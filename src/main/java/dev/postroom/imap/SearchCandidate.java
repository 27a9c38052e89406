package dev.postroom.imap;

import dev.postroom.message.BodyPart;
import dev.postroom.message.Headers;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that is being searched, with what is known of it so far.
 *
 * @param headers from the second look on, where the index has them; from the last in any case
 * @param body from the last look on, together with {@code octets}
 */
record SearchCandidate(
    int number,
    long uid,
    Set<String> flags,
    long modSeq,
    Instant internalDate,
    long size,
    long contentId,
    FieldTexts fields,
    @Nullable Headers headers,
    @Nullable BodyPart body,
    @Nullable MessageOctets octets) {
  private static final int MAX_HEADER = 1024 * 1024;

  static SearchCandidate of(
      int number, MessageNumbers numbers, CurrentFlags flags, FieldTexts fields) {
    return new SearchCandidate(
        number,
        numbers.uid(number),
        flags.of(number),
        flags.modSeq(number),
        numbers.internalDate(number),
        numbers.size(number),
        numbers.contentId(number),
        fields,
        null,
        null,
        null);
  }

  private SearchCandidate with(
      @Nullable Headers itsHeaders, @Nullable BodyPart itsBody, @Nullable MessageOctets itsOctets) {
    return new SearchCandidate(
        number,
        uid,
        flags,
        modSeq,
        internalDate,
        size,
        contentId,
        fields,
        itsHeaders,
        itsBody,
        itsOctets);
  }

  SearchCandidate with(byte @Nullable [] header) {
    var kept = header == null ? null : Headers.parse(header);
    return with(kept, null, null);
  }

  SearchCandidate with(BodyPart itsBody, MessageOctets itsOctets) throws IOException {
    var extent = itsBody.extent();
    var known =
        headers == null
            ? Headers.parse(itsOctets.held(extent.header(), extent.headerSize(), MAX_HEADER))
            : headers;
    return with(known, itsBody, itsOctets);
  }

  /** Null while nothing is known of its header. */
  FieldTexts.@Nullable Texts fieldTexts() {
    return fields.of(contentId, headers);
  }
}
