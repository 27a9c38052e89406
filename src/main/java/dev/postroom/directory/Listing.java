package dev.postroom.directory;

import java.util.List;

/**
 * One page of a long list.
 *
 * @param page counted from 1
 * @param total items on all pages
 */
public record Listing<T>(List<T> items, long total, int page, int pageSize) {
  public Listing {
    items = List.copyOf(items);
  }

  public int pages() {
    return (int) Math.max(1, (total + pageSize - 1) / pageSize);
  }

  public boolean hasNext() {
    return page < pages();
  }

  public boolean hasPrevious() {
    return page > 1;
  }
}
