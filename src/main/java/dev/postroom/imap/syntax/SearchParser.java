package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.SearchKey.When;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The arguments of SEARCH (RFC 3501 §6.4.4, §9 search-key). */
final class SearchParser {
  /** Nested parentheses, NOT and OR: a client that looks for many senders writes OR OR OR. */
  static final int MAX_DEPTH = 200;

  /** SAVEDBEFORE, SAVEDON and SAVEDSINCE in one search: each asks the database for the folder. */
  static final int MAX_SAVE_DATES = 10;

  private static final Set<String> CHARSETS = Set.of("US-ASCII", "ASCII", "UTF-8", "UTF8");

  private final Tokens in;
  private int depth;
  private int saveDates;

  private SearchParser(Tokens in) {
    this.in = in;
  }

  static SelectedCommand parse(Tokens in, boolean uid) throws ImapSyntaxException {
    in.space();
    String word = peekWord(in);
    SearchReturn returns = null;
    if (word.equals("RETURN")) {
      returns = SearchReturnParser.parse(in);
      in.space();
      word = peekWord(in);
    }
    if (word.equals("CHARSET")) {
      in.space();
      if (!isKnown(Tokens.utf8(in.astring()))) {
        boolean saves = returns != null && returns.has(SearchReturn.Item.SAVE);
        return new SelectedCommand.SearchInUnknownCharset(saves);
      }
      in.space();
      word = peekWord(in);
    }
    return new SelectedCommand.Search(uid, returns, keys(in, word));
  }

  static boolean isKnown(String charset) {
    return CHARSETS.contains(charset.toUpperCase(Locale.ROOT));
  }

  /** One key or more, to the end of the command. */
  static SearchKey keys(Tokens in) throws ImapSyntaxException {
    return keys(in, peekWord(in));
  }

  /**
   * @param firstWord of the first key, taken already; empty when it begins otherwise
   */
  static SearchKey keys(Tokens in, String firstWord) throws ImapSyntaxException {
    return new SearchParser(in).keys(firstWord);
  }

  private SearchKey keys(String firstWord) throws ImapSyntaxException {
    var keys = new ArrayList<SearchKey>();
    keys.add(key(firstWord));
    while (in.skip(' ') && !in.atEnd()) {
      keys.add(key(peekWord()));
    }
    return all(keys);
  }

  private static SearchKey all(List<SearchKey> keys) {
    return keys.size() == 1 ? keys.getFirst() : new SearchKey.And(keys);
  }

  /** The keyword that a key begins with, taken; empty when it begins otherwise. */
  private String peekWord() throws ImapSyntaxException {
    return peekWord(in);
  }

  static String peekWord(Tokens in) throws ImapSyntaxException {
    int c = in.peek();
    boolean word = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return word ? in.keyword() : "";
  }

  private SearchKey next() throws ImapSyntaxException {
    in.space();
    return key(peekWord());
  }

  private SearchKey key(String word) throws ImapSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new ImapSyntaxException("a search is nested deeper than " + MAX_DEPTH);
    }
    try {
      return word.isEmpty() ? setOrList() : named(word);
    } finally {
      depth--;
    }
  }

  private SearchKey setOrList() throws ImapSyntaxException {
    if (!in.skip('(')) {
      return new SearchKey.Numbers(SequenceSet.parse(in));
    }
    var keys = new ArrayList<SearchKey>();
    do {
      keys.add(key(peekWord()));
    } while (in.skip(' '));
    in.expect(')');
    return all(keys);
  }

  private SearchKey named(String word) throws ImapSyntaxException {
    return switch (word) {
      case "ALL" -> new SearchKey.All();
      case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN", "RECENT" -> flag(word);
      case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" ->
          new SearchKey.Not(flag(word.substring(2)));
      case "NEW" -> new SearchKey.And(List.of(flag("RECENT"), new SearchKey.Not(flag("SEEN"))));
      case "OLD" -> new SearchKey.Not(flag("RECENT"));
      case "KEYWORD" -> keyword();
      case "UNKEYWORD" -> new SearchKey.Not(keyword());
      case "BEFORE" -> new SearchKey.Arrived(When.BEFORE, date());
      case "ON" -> new SearchKey.Arrived(When.ON, date());
      case "SINCE" -> new SearchKey.Arrived(When.SINCE, date());
      case "SENTBEFORE" -> new SearchKey.Sent(When.BEFORE, date());
      case "SENTON" -> new SearchKey.Sent(When.ON, date());
      case "SENTSINCE" -> new SearchKey.Sent(When.SINCE, date());
      case "OLDER" -> new SearchKey.Older(interval());
      case "YOUNGER" -> new SearchKey.Younger(interval());
      case "LARGER" -> new SearchKey.Larger(number());
      case "SMALLER" -> new SearchKey.Smaller(number());
      case "SAVEDBEFORE" -> saved(When.BEFORE);
      case "SAVEDON" -> saved(When.ON);
      case "SAVEDSINCE" -> saved(When.SINCE);
      case "SAVEDATESUPPORTED" -> new SearchKey.All();
      case "EMAILID" -> new SearchKey.EmailId(objectId());
      case "THREADID" -> {
        objectId();
        yield new SearchKey.Not(new SearchKey.All()); // RFC 8474 §5.3: no message is in a thread
      }
      case "MODSEQ" -> modSeq();
      case "FROM", "TO", "CC", "BCC", "SUBJECT" -> new SearchKey.Header(word, text());
      case "HEADER" -> new SearchKey.Header(text(), text());
      case "BODY" -> new SearchKey.Body(text());
      case "TEXT" -> new SearchKey.Text(text());
      case "NOT" -> new SearchKey.Not(next());
      case "OR" -> new SearchKey.Or(next(), next());
      case "UID" -> uids();
      case "UIDAFTER" -> uidsBetween(uid() + 1, SequenceSet.MAX_NUMBER + 1); // RFC 9738 §3.2
      case "UIDBEFORE" -> uidsBetween(0, uid() - 1);
      default -> throw new ImapSyntaxException("no search key " + word);
    };
  }

  private static SearchKey flag(String word) {
    return new SearchKey.HasFlag(
        "\\" + word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
  }

  private SearchKey saved(When when) throws ImapSyntaxException {
    if (++saveDates > MAX_SAVE_DATES) {
      throw new ImapSyntaxException("a search has more save dates than " + MAX_SAVE_DATES);
    }
    return new SearchKey.Saved(when, date());
  }

  private SearchKey keyword() throws ImapSyntaxException {
    in.space();
    return new SearchKey.HasFlag(in.atom());
  }

  private SearchKey uids() throws ImapSyntaxException {
    in.space();
    return new SearchKey.Uids(SequenceSet.parse(in));
  }

  private long uid() throws ImapSyntaxException {
    in.space();
    return in.nonZeroNumber();
  }

  private static SearchKey uidsBetween(long first, long last) {
    return new SearchKey.Uids(new SequenceSet(List.of(new SequenceSet.Range(first, last))));
  }

  private SearchKey modSeq() throws ImapSyntaxException {
    in.space();
    if (in.isString()) {
      in.string(); // RFC 7162 §3.1.5: "/flags/..." and what kind of entry it is
      in.space();
      in.atom();
      in.space();
    }
    return new SearchKey.ModSeq(in.modSeq());
  }

  private String objectId() throws ImapSyntaxException {
    in.space();
    return in.atom();
  }

  private long number() throws ImapSyntaxException {
    in.space();
    return in.number();
  }

  private Duration interval() throws ImapSyntaxException {
    in.space();
    return Duration.ofSeconds(in.nonZeroNumber());
  }

  private String text() throws ImapSyntaxException {
    in.space();
    return Tokens.utf8(in.astring());
  }

  private LocalDate date() throws ImapSyntaxException {
    in.space();
    return Dates.date(in.astring());
  }
}
