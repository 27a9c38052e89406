package dev.postroom.imap;

import dev.postroom.imap.syntax.FetchItem.Partial;
import dev.postroom.message.MimeFields;
import org.jspecify.annotations.Nullable;

/** Where the octets of a section (RFC 3501 §6.4.5) are. */
sealed interface SectionOctets {
  /** There is no such part: NIL. */
  record Absent() implements SectionOctets {}

  /** In memory. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Held(byte[] octets, int offset, int length) implements SectionOctets {
    static Held of(byte[] octets) {
      return new Held(octets, 0, octets.length);
    }
  }

  /** In the message's blob. */
  record Cut(long offset, long length) implements SectionOctets {}

  /**
   * In the message's blob, in a transfer encoding.
   *
   * @param skipped decoded octets before the first
   * @param length decoded octets
   */
  record Decoded(MimeFields fields, Cut raw, long skipped, long length) implements SectionOctets {}

  /** Octets in all. */
  default long size() {
    return switch (this) {
      case Absent _ -> 0;
      case Held(_, _, var length) -> length;
      case Cut(_, var length) -> length;
      case Decoded(_, _, _, var length) -> length;
    };
  }

  /** What is left of it when only a part is asked for; past the end that is nothing. */
  default SectionOctets partial(@Nullable Partial partial) {
    if (partial == null) {
      return this;
    }
    return switch (this) {
      case Absent _ -> this;
      case Held(var octets, var offset, var length) -> {
        int skipped = (int) Math.min(partial.offset(), length);
        yield new Held(
            octets, offset + skipped, (int) Math.min(partial.length(), length - skipped));
      }
      case Cut(var offset, var length) -> {
        long skipped = Math.min(partial.offset(), length);
        yield new Cut(offset + skipped, Math.min(partial.length(), length - skipped));
      }
      case Decoded(var fields, var raw, var before, var length) -> {
        long skipped = Math.min(partial.offset(), length);
        yield new Decoded(
            fields, raw, before + skipped, Math.min(partial.length(), length - skipped));
      }
    };
  }
}
