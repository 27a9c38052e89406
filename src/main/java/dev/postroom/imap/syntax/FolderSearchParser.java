package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.FolderCommand.SearchFolders;
import java.util.ArrayList;
import java.util.List;

/** The arguments of ESEARCH (RFC 7377 §4). */
final class FolderSearchParser {
  /** Folders that are named in one scope. */
  static final int MAX_FOLDERS = 1000;

  private final Tokens in;

  private FolderSearchParser(Tokens in) {
    this.in = in;
  }

  static SearchFolders parse(Tokens in) throws ImapSyntaxException {
    in.space();
    var scopes = List.<FolderScope>of(new FolderScope.SelectedOne());
    var returns = SearchReturn.EVERYTHING;
    var word = SearchParser.peekWord(in);
    if (word.equals("IN")) {
      scopes = new FolderSearchParser(in).scopes();
      in.space();
      word = SearchParser.peekWord(in);
    }
    if (word.equals("RETURN")) {
      returns = SearchReturnParser.parse(in);
      in.space();
      word = SearchParser.peekWord(in);
    }
    if (word.equals("CHARSET")) {
      in.space();
      if (!SearchParser.isKnown(Tokens.utf8(in.astring()))) {
        in.skipRest();
        return new SearchFolders(scopes, returns, null);
      }
      in.space();
      word = SearchParser.peekWord(in);
    }
    return new SearchFolders(scopes, returns, SearchParser.keys(in, word));
  }

  private List<FolderScope> scopes() throws ImapSyntaxException {
    in.space();
    in.expect('(');
    var scopes = new ArrayList<FolderScope>();
    do {
      if (in.peek() == '(') {
        // RFC 7377 §2.2: there are no scope options yet
        throw new ImapSyntaxException("no scope option is known");
      }
      scopes.add(scope(in.keyword()));
    } while (in.skip(' '));
    in.expect(')');
    return scopes;
  }

  private FolderScope scope(String word) throws ImapSyntaxException {
    return switch (word) {
      case "SELECTED" -> new FolderScope.SelectedOne();
      case "INBOXES" -> new FolderScope.Inboxes();
      case "PERSONAL" -> new FolderScope.Personal();
      case "SUBSCRIBED" -> new FolderScope.Subscribed();
      case "SUBTREE" -> new FolderScope.Subtree(folders(), false);
      case "SUBTREE-ONE" -> new FolderScope.Subtree(folders(), true);
      case "MAILBOXES" -> new FolderScope.Named(folders());
      default -> throw new ImapSyntaxException("no scope " + word);
    };
  }

  /** RFC 5465 §8 one-or-more-mailbox. */
  private List<String> folders() throws ImapSyntaxException {
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
