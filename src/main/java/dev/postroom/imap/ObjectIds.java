package dev.postroom.imap;

/**
 * Names that last (RFC 8474): a folder keeps its own when it is renamed, a message when it is
 * copied or moved, and neither is ever given again. Threads have none.
 */
final class ObjectIds {
  private ObjectIds() {}

  /** MAILBOXID in CREATE, SELECT and STATUS. */
  static String folder(long folderId) {
    return "MAILBOXID (F" + folderId + ")";
  }

  static String message(long contentId) {
    return "M" + contentId;
  }
}
