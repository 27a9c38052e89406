package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.FolderCommand.SearchFolders;
import java.util.ArrayList;
import java.util.List;

/** The arguments of ESEARCH (RFC 7377 §4). */
final class FolderSearchParser {
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
      case "SUBTREE" -> new FolderScope.Subtree(FolderList.parse(in), false);
      case "SUBTREE-ONE" -> new FolderScope.Subtree(FolderList.parse(in), true);
      case "MAILBOXES" -> new FolderScope.Named(FolderList.parse(in));
      default -> throw new ImapSyntaxException("no scope " + word);
    };
  }
}
