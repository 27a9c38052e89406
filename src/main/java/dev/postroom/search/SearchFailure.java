package dev.postroom.search;

/** The database failed the index. */
final class SearchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SearchFailure(Exception cause) {
    super(cause);
  }
}
