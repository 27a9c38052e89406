package dev.postroom.imap.syntax;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What a message must be like to be found (RFC 3501 §6.4.4). Texts are Unicode. */
public sealed interface SearchKey {
  /** Whether MODSEQ is part of it; then the answer tells one, too (RFC 7162 §3.1.6). */
  default boolean namesModSeq() {
    return false;
  }

  /** Whether message numbers are part of it. */
  default boolean namesNumbers() {
    return false;
  }

  record All() implements SearchKey {}

  /** By message sequence numbers. */
  record Numbers(SequenceSet numbers) implements SearchKey {
    @Override
    public boolean namesNumbers() {
      return !numbers.isSaved();
    }
  }

  record Uids(SequenceSet uids) implements SearchKey {}

  /** {@code \Seen}, a keyword, or {@code \Recent}. */
  record HasFlag(String flag) implements SearchKey {}

  /** How a date compares. */
  enum When {
    BEFORE,
    ON,
    SINCE
  }

  /** SAVEDBEFORE, SAVEDON, SAVEDSINCE: by when it came into the folder (RFC 8514 §4.3). */
  record Saved(When when, LocalDate date) implements SearchKey {}

  /** By EMAILID (RFC 8474 §5.3). */
  record EmailId(String id) implements SearchKey {}

  /** BEFORE, ON, SINCE: by internal date, without time and zone. */
  record Arrived(When when, LocalDate date) implements SearchKey {}

  /** SENTBEFORE, SENTON, SENTSINCE: by the Date field, without time and zone. */
  record Sent(When when, LocalDate date) implements SearchKey {}

  /** OLDER: that long ago or longer (RFC 5032 §3). */
  record Older(Duration age) implements SearchKey {}

  /** YOUNGER: that long ago or less (RFC 5032 §3). */
  record Younger(Duration age) implements SearchKey {}

  record Larger(long octets) implements SearchKey {}

  record Smaller(long octets) implements SearchKey {}

  /**
   * By MODSEQ, at least so high (RFC 7162 §3.1.5): one for all flags of a message, whatever flag
   * the client names.
   */
  record ModSeq(long atLeast) implements SearchKey {
    @Override
    public boolean namesModSeq() {
      return true;
    }
  }

  /**
   * A header field, FROM, TO, CC, BCC and SUBJECT among them.
   *
   * @param text empty: the field need only be there
   */
  record Header(String name, String text) implements SearchKey {}

  record Body(String text) implements SearchKey {}

  /** In header or body. */
  record Text(String text) implements SearchKey {}

  record Not(SearchKey key) implements SearchKey {
    @Override
    public boolean namesModSeq() {
      return key.namesModSeq();
    }

    @Override
    public boolean namesNumbers() {
      return key.namesNumbers();
    }
  }

  record Or(SearchKey left, SearchKey right) implements SearchKey {
    @Override
    public boolean namesModSeq() {
      return left.namesModSeq() || right.namesModSeq();
    }

    @Override
    public boolean namesNumbers() {
      return left.namesNumbers() || right.namesNumbers();
    }
  }

  record And(List<SearchKey> keys) implements SearchKey {
    public And {
      keys = List.copyOf(keys);
    }

    @Override
    public boolean namesModSeq() {
      return keys.stream().anyMatch(SearchKey::namesModSeq);
    }

    @Override
    public boolean namesNumbers() {
      return keys.stream().anyMatch(SearchKey::namesNumbers);
    }
  }

  /** Whether it makes sense in the selected folder only: message numbers, and {@code $}. */
  default boolean needsSelectedFolder() {
    return switch (this) {
      case Numbers _ -> true;
      case Uids(var uids) -> uids.isSaved();
      case Not(var key) -> key.needsSelectedFolder();
      case Or(var left, var right) ->
          Stream.of(left, right).anyMatch(SearchKey::needsSelectedFolder);
      case And(var keys) -> keys.stream().anyMatch(SearchKey::needsSelectedFolder);
      case All _,
          Arrived _,
          Body _,
          EmailId _,
          HasFlag _,
          Header _,
          Larger _,
          ModSeq _,
          Older _,
          Saved _,
          Sent _,
          Smaller _,
          Text _,
          Younger _ ->
          false;
    };
  }
}
