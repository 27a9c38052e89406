package dev.postroom.directory;

/** One thing that somebody may do in a folder (RFC 4314 §2.1), in the order of the RFC. */
public enum FolderRight {
  /** See it in lists. */
  LOOKUP('l'),
  READ('r'),
  /** Change {@code \Seen}. */
  SEEN('s'),
  /** Change all flags but {@code \Seen} and {@code \Deleted}. */
  WRITE('w'),
  INSERT('i'),
  /** Nothing here: everybody may send mail to a mailbox. */
  POST('p'),
  /** Make folders below it. */
  CREATE('k'),
  /** Delete and rename the folder itself. */
  DELETE_FOLDER('x'),
  /** Change {@code \Deleted}. */
  DELETE_MESSAGES('t'),
  EXPUNGE('e'),
  /** Give rights to others. */
  ADMINISTER('a');

  private final char letter;

  FolderRight(char letter) {
    this.letter = letter;
  }

  public char letter() {
    return letter;
  }
}
