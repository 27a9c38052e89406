package dev.postroom.imap.syntax;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3501 §6.4: on the messages of the selected folder. {@code uid} tells which numbers its
 * sequence sets hold.
 */
public sealed interface SelectedCommand extends ImapCommand {
  record Check() implements SelectedCommand {}

  record Close() implements SelectedCommand {}

  /** RFC 3691. */
  record Unselect() implements SelectedCommand {}

  record Expunge() implements SelectedCommand {}

  /** RFC 4315 §2.1. */
  record UidExpunge(SequenceSet uids) implements SelectedCommand {}

  /**
   * @param returns null where the client wants the old SEARCH response
   */
  record Search(boolean uid, @Nullable SearchReturn returns, SearchKey key)
      implements SelectedCommand {}

  /**
   * RFC 5256 §3.
   *
   * @param returns null where the client wants the SORT response
   */
  record Sort(
      boolean uid, @Nullable SearchReturn returns, List<SortCriterion> criteria, SearchKey key)
      implements SelectedCommand {
    public Sort {
      criteria = List.copyOf(criteria);
    }
  }

  /** THREAD (RFC 5256 §3). */
  record Threads(boolean uid, ThreadAlgorithm algorithm, SearchKey key)
      implements SelectedCommand {}

  /**
   * A search in words of a charset that is not known: NO [BADCHARSET].
   *
   * @param saves whether it would have saved its result
   */
  record SearchInUnknownCharset(boolean saves) implements SelectedCommand {}

  record Fetch(boolean uid, SequenceSet messages, List<FetchItem> items, FetchModifiers modifiers)
      implements SelectedCommand {
    public Fetch {
      items = List.copyOf(items);
    }
  }

  /** How STORE changes flags. */
  enum FlagChange {
    REPLACE,
    ADD,
    REMOVE
  }

  /**
   * @param unchangedSince null, or only messages with no higher MODSEQ (RFC 7162 §3.1.3)
   */
  record Store(
      boolean uid,
      SequenceSet messages,
      @Nullable Long unchangedSince,
      FlagChange change,
      boolean silent,
      Set<String> flags)
      implements SelectedCommand {
    public Store {
      flags = Set.copyOf(flags);
    }
  }

  record Copy(boolean uid, SequenceSet messages, String folder) implements SelectedCommand {}

  /** RFC 6851. */
  record Move(boolean uid, SequenceSet messages, String folder) implements SelectedCommand {}

  /** RFC 8508: APPEND in the place of a message, up to the first octets of the new one. */
  record Replace(boolean uid, long number, String folder, MessagePiece first)
      implements SelectedCommand, MessageCommand {}

  /**
   * Whether message numbers must not change while it is answered: RFC 3501 §7.4.1 forbids EXPUNGE
   * responses during FETCH, STORE and SEARCH, but not during their UID forms without numbers.
   */
  default boolean needsStableNumbers() {
    return switch (this) {
      case Fetch(var uid, _, _, _) -> !uid;
      case Store(var uid, _, _, _, _, _) -> !uid;
      case Search _, Sort _, Threads _ -> namesNumbers(); // RFC 9051 §7.5.1, RFC 5256 §3
      case SearchInUnknownCharset _ -> true;
      case Check _, Close _, Unselect _, Expunge _, UidExpunge _, Copy _, Move _, Replace _ ->
          false;
    };
  }

  /** Whether it names messages by their numbers, or asks for such names. */
  default boolean namesNumbers() {
    return switch (this) {
      case Fetch(var uid, _, _, _) -> !uid;
      case Store(var uid, _, _, _, _, _) -> !uid;
      case Copy(var uid, _, _) -> !uid;
      case Move(var uid, _, _) -> !uid;
      case Replace(var uid, _, _, _) -> !uid;
      case Search(var uid, _, var key) -> !uid || key.namesNumbers();
      case Sort(var uid, _, _, var key) -> !uid || key.namesNumbers();
      case Threads(var uid, _, var key) -> !uid || key.namesNumbers();
      case SearchInUnknownCharset _, Check _, Close _, Unselect _, Expunge _, UidExpunge _ -> false;
    };
  }

  @Override
  default Set<Phase> allowedIn() {
    return Set.of(Phase.SELECTED);
  }
}
