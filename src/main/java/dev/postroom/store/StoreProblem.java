package dev.postroom.store;

/** A request that the store turns down, by fault of the one who asked. */
public final class StoreProblem extends RuntimeException {
  /** For response codes (RFC 5530 and others). */
  public enum Kind {
    /** No such folder. */
    NONEXISTENT,
    /** There is a folder of that name. */
    ALREADYEXISTS,
    /** The mailbox is full. */
    OVERQUOTA,
    /** A named limit: folders, name length, keywords of a folder. */
    LIMIT,
    /** The name cannot be a folder's, or the folder cannot be removed. */
    CANNOT,
    /** The one who asks has no right to it (RFC 4314). */
    NOPERM
  }

  private final Kind kind;

  public StoreProblem(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
