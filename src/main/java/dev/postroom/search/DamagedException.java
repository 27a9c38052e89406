package dev.postroom.search;

/** A segment is not what was written, or of another version. */
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedException(String how) {
    super(how);
  }
}
