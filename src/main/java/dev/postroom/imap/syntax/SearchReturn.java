package dev.postroom.imap.syntax;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What SEARCH and SORT give back (RFC 4731 §3.1, RFC 5182 §2.1, RFC 9394 §3.1).
 *
 * @param items never empty, unless there is a window
 */
public record SearchReturn(Set<Item> items, @Nullable Window window) {
  public static final SearchReturn EVERYTHING = new SearchReturn(Set.of(Item.ALL), null);

  /** One thing to give back. */
  public enum Item {
    MIN,
    MAX,
    ALL,
    COUNT,
    SAVE
  }

  /**
   * PARTIAL: a part of the results, counted from 1; from the last one backwards where the numbers
   * are negative.
   */
  public record Window(long first, long last) {
    /** As the client wrote it. */
    @Override
    public String toString() {
      return first + ":" + last;
    }
  }

  public SearchReturn {
    items = Set.copyOf(items);
  }

  public boolean has(Item item) {
    return items.contains(item);
  }

  /** RFC 5182 §2.1: SAVE alone asks for no response. */
  public boolean isSilent() {
    return window == null && items.equals(Set.of(Item.SAVE));
  }
}
