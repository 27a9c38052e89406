package dev.postroom.directory;

/**
 * A request that the directory turns down, by fault of the one who asked. The message is for
 * people; {@code field} names the input it is about ("name", "localPart"), or is empty.
 */
public final class DirectoryProblem extends RuntimeException {
  /** What kind of problem, for status codes. */
  public enum Kind {
    /** There is none, or this viewer may not know that there is one. */
    NOT_FOUND,
    /** The viewer sees it but may not do this. */
    FORBIDDEN,
    /** The input is malformed. */
    INVALID,
    /** It exists already, or something still depends on it. */
    CONFLICT,
    /** The plan's limit is reached. */
    LIMIT
  }

  private final Kind kind;
  private final String field;

  public DirectoryProblem(Kind kind, String field, String message) {
    super(message);
    this.kind = kind;
    this.field = field;
  }

  public Kind kind() {
    return kind;
  }

  public String field() {
    return field;
  }
}
