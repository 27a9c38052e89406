package dev.postroom.directory;

import java.util.List;
import java.util.function.Function;

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

  /** The same page with each item turned into another thing. */
  public <R> Listing<R> map(Function<? super T, ? extends R> change) {
    return new Listing<>(items.stream().<R>map(change).toList(), total, page, pageSize);
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
