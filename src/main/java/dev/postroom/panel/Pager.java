package dev.postroom.panel;

import dev.postroom.directory.Listing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where in a long list a page is, and the ways on.
 *
 * @param previous address of the page before, empty on the first
 * @param next address of the page after, empty on the last
 */
record Pager(long from, long to, long total, int pages, String previous, String next) {
  static Pager of(Listing<?> listing, String path, Map<String, String> query) {
    long from = (listing.page() - 1L) * listing.pageSize() + 1;
    return new Pager(
        listing.items().isEmpty() ? 0 : from,
        listing.items().isEmpty() ? 0 : from + listing.items().size() - 1,
        listing.total(),
        listing.pages(),
        listing.hasPrevious()
            ? address(path, query, Math.min(listing.page() - 1, listing.pages()))
            : "",
        listing.hasNext() ? address(path, query, listing.page() + 1) : "");
  }

  private static String address(String path, Map<String, String> query, int page) {
    var all = new TreeMap<>(query);
    all.put("page", Integer.toString(page));
    return address(path, all);
  }

  /** With what is not empty. */
  static String address(String path, Map<String, String> query) {
    var address = new StringBuilder(path);
    for (var entry : new TreeMap<>(query).entrySet()) {
      if (!entry.getValue().isEmpty()) {
        address
            .append(address.indexOf("?") < 0 ? '?' : '&')
            .append(entry.getKey())
            .append('=')
            .append(URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8));
      }
    }
    return address.toString();
  }

  public String text() {
    return pages <= 1
        ? Words.number(total) + " in all"
        : Words.number(from) + "–" + Words.number(to) + " of " + Words.number(total);
  }
}
