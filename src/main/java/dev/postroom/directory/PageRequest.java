package dev.postroom.directory;

/**
 * Which part of a list is wanted.
 *
 * @param search text that the name must contain, ignoring case; empty for all
 * @param page counted from 1
 */
public record PageRequest(String search, int page, int pageSize) {
  public static final int MAX_PAGE_SIZE = 500;

  public PageRequest {
    page = Math.max(1, page);
    pageSize = Math.clamp(pageSize, 1, MAX_PAGE_SIZE);
  }

  public static PageRequest first(int pageSize) {
    return new PageRequest("", 1, pageSize);
  }
}
