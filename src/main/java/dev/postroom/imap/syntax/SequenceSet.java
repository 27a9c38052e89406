package dev.postroom.imap.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Message numbers or UIDs as the client names them (RFC 3501 §9 sequence-set), {@code *} not yet
 * resolved.
 */
public record SequenceSet(List<Range> ranges) {
  /** Stands for {@code *}, the largest number in use. */
  public static final long LAST = Long.MAX_VALUE;

  /** 32 bits without sign (RFC 3501 §2.3.1.1, §9 nz-number). */
  public static final long MAX_NUMBER = 0xffff_ffffL;

  /**
   * {@code $}, what the last search saved (RFC 5182 §2.1, RFC 9051 §6.4.4.1): it stands alone, and
   * no set that a client writes has no ranges.
   */
  public static final SequenceSet SAVED = new SequenceSet(List.of());

  /** More ranges than any client has need of; a set of more is refused. */
  static final int MAX_RANGES = 10_000;

  /** Both ends belong to it, in either order: {@code 4:2} is {@code 2:4}. */
  public record Range(long first, long last) {}

  public SequenceSet {
    ranges = List.copyOf(ranges);
  }

  public boolean isSaved() {
    return ranges.isEmpty();
  }

  static SequenceSet parse(Tokens in) throws ImapSyntaxException {
    return in.skip('$') ? SAVED : numbers(in);
  }

  /** Where {@code $} cannot stand. */
  static SequenceSet numbers(Tokens in) throws ImapSyntaxException {
    var ranges = new ArrayList<Range>();
    do {
      long first = number(in);
      ranges.add(new Range(first, in.skip(':') ? number(in) : first));
      if (ranges.size() > MAX_RANGES) {
        throw new ImapSyntaxException("a set has at most " + MAX_RANGES + " ranges");
      }
    } while (in.skip(','));
    return new SequenceSet(ranges);
  }

  private static long number(Tokens in) throws ImapSyntaxException {
    return in.skip('*') ? LAST : in.nonZeroNumber();
  }

  /**
   * The ranges with their lower end first and {@code *} replaced.
   *
   * @param largest the largest number in use; 0 when there are no messages
   */
  public List<Range> resolve(long largest) {
    return ranges.stream()
        .map(range -> ascending(resolve(range.first, largest), resolve(range.last, largest)))
        .toList();
  }

  private static Range ascending(long one, long other) {
    return new Range(Math.min(one, other), Math.max(one, other));
  }

  private static long resolve(long number, long largest) {
    return number == LAST ? largest : number;
  }

  @Override
  public String toString() {
    if (isSaved()) {
      return "$";
    }
    var text = new StringBuilder();
    for (var range : ranges) {
      text.append(text.isEmpty() ? "" : ",").append(text(range.first));
      if (range.last != range.first) {
        text.append(':').append(text(range.last));
      }
    }
    return text.toString();
  }

  private static String text(long number) {
    return number == LAST ? "*" : Long.toString(number);
  }
}
