package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.SearchReturn.Item;
import dev.postroom.imap.syntax.SearchReturn.Window;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** The options behind RETURN (RFC 4466 §2.6.1 search-return-opts). */
final class SearchReturnParser {
  private SearchReturnParser() {}

  static SearchReturn parse(Tokens in) throws ImapSyntaxException {
    in.space();
    in.expect('(');
    if (in.skip(')')) {
      return SearchReturn.EVERYTHING; // RFC 4731 §3.1: the same as ALL
    }
    var items = EnumSet.noneOf(Item.class);
    Window window = null;
    do {
      var word = in.keyword();
      if (word.equals("PARTIAL")) {
        window = once(window, in);
      } else {
        items.add(item(word));
      }
    } while (in.skip(' '));
    in.expect(')');
    if (window != null && items.contains(Item.ALL)) {
      // RFC 9394 §3.1: a single command has one PARTIAL or ALL
      throw new ImapSyntaxException("PARTIAL and ALL exclude each other");
    }
    return new SearchReturn(items, window);
  }

  private static Item item(String word) throws ImapSyntaxException {
    for (var item : Item.values()) {
      if (item.name().equals(word)) {
        return item;
      }
    }
    throw new ImapSyntaxException("no return option " + word);
  }

  private static Window once(@Nullable Window before, Tokens in) throws ImapSyntaxException {
    if (before != null) {
      throw new ImapSyntaxException("PARTIAL stands once");
    }
    in.space();
    return window(in);
  }

  /** RFC 9394 §4 partial-range: both ends counted from the beginning, or both from the end. */
  static Window window(Tokens in) throws ImapSyntaxException {
    boolean backwards = in.peek() == '-';
    long first = end(in, backwards);
    in.expect(':');
    return new Window(first, end(in, backwards));
  }

  private static long end(Tokens in, boolean backwards) throws ImapSyntaxException {
    if (backwards) {
      in.expect('-');
    }
    long number = in.nonZeroNumber();
    return backwards ? -number : number;
  }
}
