package dev.postroom.imap.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of SORT and THREAD (RFC 5256 §5); those of a search follow. */
final class SortParser {
  /** Each key twice; nothing would be decided by more. */
  static final int MAX_CRITERIA = 2 * SortCriterion.Key.values().length;

  private final Tokens in;

  private SortParser(Tokens in) {
    this.in = in;
  }

  static SelectedCommand sort(Tokens in, boolean uid) throws ImapSyntaxException {
    var parser = new SortParser(in);
    in.space();
    var returns = parser.returns();
    var criteria = parser.criteria();
    in.space();
    var charset = Tokens.utf8(in.astring());
    if (!SearchParser.isKnown(charset)) {
      boolean saves = returns != null && returns.has(SearchReturn.Item.SAVE);
      return new SelectedCommand.SearchInUnknownCharset(saves);
    }
    in.space();
    return new SelectedCommand.Sort(uid, returns, criteria, SearchParser.keys(in));
  }

  static SelectedCommand thread(Tokens in, boolean uid) throws ImapSyntaxException {
    in.space();
    var algorithm = algorithm(in.keyword());
    in.space();
    if (!SearchParser.isKnown(Tokens.utf8(in.astring()))) {
      return new SelectedCommand.SearchInUnknownCharset(false);
    }
    in.space();
    return new SelectedCommand.Threads(uid, algorithm, SearchParser.keys(in));
  }

  /** RFC 5267 §3: RETURN may stand before the criteria. */
  private @Nullable SearchReturn returns() throws ImapSyntaxException {
    if (in.peek() == '(') {
      return null;
    }
    if (!in.keyword().equals("RETURN")) {
      throw new ImapSyntaxException("sort criteria in parentheses expected");
    }
    var returns = SearchReturnParser.parse(in);
    in.space();
    return returns;
  }

  private List<SortCriterion> criteria() throws ImapSyntaxException {
    in.expect('(');
    var criteria = new ArrayList<SortCriterion>();
    do {
      var word = in.keyword();
      boolean reverse = word.equals("REVERSE");
      if (reverse) {
        in.space();
        word = in.keyword();
      }
      criteria.add(new SortCriterion(key(word), reverse));
      if (criteria.size() > MAX_CRITERIA) {
        throw new ImapSyntaxException("SORT has at most " + MAX_CRITERIA + " criteria");
      }
    } while (in.skip(' '));
    in.expect(')');
    return criteria;
  }

  private static SortCriterion.Key key(String word) throws ImapSyntaxException {
    for (var key : SortCriterion.Key.values()) {
      if (key.name().equals(word)) {
        return key;
      }
    }
    throw new ImapSyntaxException("no sort criterion " + word);
  }

  private static ThreadAlgorithm algorithm(String word) throws ImapSyntaxException {
    for (var algorithm : ThreadAlgorithm.values()) {
      if (algorithm.name().equals(word)) {
        return algorithm;
      }
    }
    throw new ImapSyntaxException("no threading algorithm " + word);
  }
}
