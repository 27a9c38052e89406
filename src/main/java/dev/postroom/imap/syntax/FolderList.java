package dev.postroom.imap.syntax;

import java.util.ArrayList;
import java.util.List;

/** One folder or several in parentheses, for ESEARCH and NOTIFY (RFC 5465 §8, RFC 7377 §4). */
final class FolderList {
  /** Folders that are named in one scope. */
  static final int MAX_FOLDERS = 1000;

  private FolderList() {}

  static List<String> parse(Tokens in) throws ImapSyntaxException {
    in.space();
    if (!in.skip('(')) {
      return List.of(in.folder());
    }
    var folders = new ArrayList<String>();
    do {
      folders.add(in.folder());
      if (folders.size() > MAX_FOLDERS) {
        throw new ImapSyntaxException("a scope names at most " + MAX_FOLDERS + " folders");
      }
    } while (in.skip(' '));
    in.expect(')');
    return folders;
  }
}
