package dev.postroom.api;

import dev.postroom.directory.Listing;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One page of a list. */
public record PageJson<T>(
    List<T> items,
    @Schema(description = "Items on all pages.") long total,
    int page,
    int pageSize) {
  static <S, T> PageJson<T> of(Listing<S> listing, Function<? super S, ? extends T> json) {
    return new PageJson<>(
        listing.items().stream().<T>map(json).toList(),
        listing.total(),
        listing.page(),
        listing.pageSize());
  }
}
