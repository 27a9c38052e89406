package dev.postroom.imap.syntax;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Flags as clients name them (RFC 3501 §2.3.2, §9 flag). */
final class FlagParser {
  private static final Set<String> SYSTEM_FLAGS =
      Set.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");

  /** More flags than this in one list are refused. */
  static final int MAX_FLAGS = 100;

  private static final int MAX_KEYWORD = 100;

  private FlagParser() {}

  /** A list in parentheses, perhaps empty. */
  static Set<String> list(Tokens in) throws ImapSyntaxException {
    in.expect('(');
    return in.skip(')') ? Set.of() : closed(in, flags(in));
  }

  private static Set<String> closed(Tokens in, Set<String> flags) throws ImapSyntaxException {
    in.expect(')');
    return flags;
  }

  /** A list with or without parentheses (RFC 3501 §9 store-att-flags). */
  static Set<String> listOrFlags(Tokens in) throws ImapSyntaxException {
    return in.peek() == '(' ? list(in) : flags(in);
  }

  private static Set<String> flags(Tokens in) throws ImapSyntaxException {
    var flags = new LinkedHashSet<String>();
    do {
      var flag = flag(in);
      // RFC 3501 §2.3.2, §9 flag-extension: \Recent is the server's and others are not known here;
      // clients that copy flags send them, and the message must not be lost for that
      if (!flag.startsWith("\\") || SYSTEM_FLAGS.contains(flag)) {
        flags.add(flag);
      }
      if (flags.size() > MAX_FLAGS) {
        throw new ImapSyntaxException("a message has at most " + MAX_FLAGS + " flags");
      }
    } while (in.skip(' '));
    return flags;
  }

  private static String flag(Tokens in) throws ImapSyntaxException {
    if (!in.skip('\\')) {
      var keyword = in.atom();
      if (keyword.length() > MAX_KEYWORD) {
        throw new ImapSyntaxException("a keyword has at most " + MAX_KEYWORD + " characters");
      }
      return keyword;
    }
    var name = in.keyword();
    return "\\" + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
