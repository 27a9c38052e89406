package dev.postroom.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.imap.syntax.SearchKey.When;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Search keys come back from their text, and whatever stands there is parsed or refused. */
class SearchKeyPropertiesTest {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ROOT);
  private static final List<String> SYSTEM_FLAGS =
      List.of("\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen", "\\Recent");

  /** As a client would write it, octets as characters of the same number. */
  private static String written(SearchKey key) {
    return switch (key) {
      case SearchKey.All _ -> "ALL";
      case SearchKey.Numbers(var set) -> set.toString();
      case SearchKey.Uids(var set) -> "UID " + set;
      case SearchKey.HasFlag(var flag) when flag.startsWith("\\") ->
          flag.substring(1).toUpperCase(Locale.ROOT);
      case SearchKey.HasFlag(var flag) -> "KEYWORD " + flag;
      case SearchKey.Arrived(var when, var date) -> when + " " + DATE.format(date);
      case SearchKey.Sent(var when, var date) -> "SENT" + when + " \"" + DATE.format(date) + "\"";
      case SearchKey.Saved(var when, var date) -> "SAVED" + when + " " + DATE.format(date);
      case SearchKey.EmailId(var id) -> "EMAILID " + id;
      case SearchKey.Older(var age) -> "OLDER " + age.toSeconds();
      case SearchKey.Younger(var age) -> "younger " + age.toSeconds();
      case SearchKey.Larger(var octets) -> "LARGER " + octets;
      case SearchKey.Smaller(var octets) -> "SMALLER " + octets;
      case SearchKey.ModSeq(var atLeast) -> "MODSEQ " + atLeast;
      case SearchKey.Header(var name, var text) -> "HEADER " + string(name) + " " + string(text);
      case SearchKey.Body(var text) -> "BODY " + string(text);
      case SearchKey.Text(var text) -> "TEXT " + string(text);
      case SearchKey.Not(var inner) -> "NOT " + written(inner);
      case SearchKey.Or(var left, var right) -> "OR " + written(left) + " " + written(right);
      case SearchKey.And(var keys) ->
          keys.stream()
              .map(SearchKeyPropertiesTest::written)
              .collect(Collectors.joining(" ", "(", ")"));
    };
  }

  private static String string(String text) {
    var octets = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    boolean quotable = octets.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
    return quotable ? '"' + octets + '"' : "{" + octets.length() + "+}\r\n" + octets;
  }

  private static ImapCommand parse(String command) throws ImapSyntaxException {
    var octets = ("a " + command).getBytes(StandardCharsets.ISO_8859_1);
    return CommandParser.parse(octets, TextForm.ASCII).command();
  }

  @Property(tries = 2000)
  void aKeyComesBackFromItsText(@ForAll("keys") SearchKey key) throws ImapSyntaxException {
    var text = written(key);
    assertThat(parse("SEARCH " + text)).isEqualTo(new SelectedCommand.Search(false, null, key));
    assertThat(parse("UID SORT (DATE) UTF-8 " + text))
        .isEqualTo(
            new SelectedCommand.Sort(
                true, null, List.of(new SortCriterion(SortCriterion.Key.DATE, false)), key));
    assertThat(parse("THREAD REFERENCES UTF-8 " + text))
        .isEqualTo(new SelectedCommand.Threads(false, ThreadAlgorithm.REFERENCES, key));
    assertThat(parse("ESEARCH IN (PERSONAL) CHARSET UTF-8 " + text))
        .isEqualTo(
            new FolderCommand.SearchFolders(
                List.of(new FolderScope.Personal()), SearchReturn.EVERYTHING, key));
  }

  @Provide
  Arbitrary<SearchKey> keys() {
    return Arbitraries.recursive(
        this::plainKeys, inner -> Arbitraries.oneOf(inner, this.nested(inner)), 0, 4);
  }

  private Arbitrary<SearchKey> nested(Arbitrary<SearchKey> inner) {
    return Arbitraries.oneOf(
        inner.map(SearchKey.Not::new),
        Combinators.combine(inner, inner).as(SearchKey.Or::new),
        inner.list().ofMinSize(2).ofMaxSize(3).map(SearchKey.And::new));
  }

  private Arbitrary<SearchKey> plainKeys() {
    var number = Arbitraries.longs().between(1, SequenceSet.MAX_NUMBER);
    var seconds = number.map(Duration::ofSeconds);
    var when = Arbitraries.of(When.class);
    var date = Arbitraries.longs().between(0, 90_000).map(LocalDate::ofEpochDay);
    var text = Arbitraries.strings().withChars("aB \"\\{}()*%\r\n\u00e9\u65e5").ofMaxLength(8);
    var name = Arbitraries.of("From", "X-Label", "message-id", "To");
    return Arbitraries.oneOf(
        Arbitraries.just(new SearchKey.All()),
        sets().map(SearchKey.Numbers::new),
        sets().map(SearchKey.Uids::new),
        Arbitraries.of(SYSTEM_FLAGS).map(SearchKey.HasFlag::new),
        Arbitraries.of("$Forwarded", "Junk").map(SearchKey.HasFlag::new),
        Combinators.combine(when, date).as(SearchKey.Arrived::new),
        Combinators.combine(when, date).as(SearchKey.Sent::new),
        Combinators.combine(when, date).as(SearchKey.Saved::new),
        Arbitraries.of("M1", "f_x-9").map(SearchKey.EmailId::new),
        seconds.map(SearchKey.Older::new),
        seconds.map(SearchKey.Younger::new),
        number.map(SearchKey.Larger::new),
        number.map(SearchKey.Smaller::new),
        number.map(SearchKey.ModSeq::new),
        Combinators.combine(name, text).as(SearchKey.Header::new),
        text.map(SearchKey.Body::new),
        text.map(SearchKey.Text::new));
  }

  private Arbitrary<SequenceSet> sets() {
    var number =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, SequenceSet.MAX_NUMBER),
            Arbitraries.just(SequenceSet.LAST));
    var some =
        number
            .tuple2()
            .map(two -> new SequenceSet.Range(two.get1(), two.get2()))
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(SequenceSet::new);
    return Arbitraries.oneOf(some, Arbitraries.just(SequenceSet.SAVED));
  }

  @Property
  void aSetComesBackFromItsText(@ForAll("allSets") SequenceSet set) throws ImapSyntaxException {
    assertThat(SequenceSet.parse(new Tokens(set.toString().getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(set);
  }

  @Provide
  Arbitrary<SequenceSet> allSets() {
    return sets();
  }

  @Property(tries = 20_000)
  void almostSearchesAreParsedOrRefused(@ForAll("almostSearches") String text) {
    try {
      assertThat(parse(text)).isNotNull();
    } catch (ImapSyntaxException refused) {
      assertThat(refused.getMessage()).isNotBlank().doesNotContain("\r", "\n");
    }
  }

  @Provide
  Arbitrary<String> almostSearches() {
    var pieces =
        Arbitraries.of(
                "SEARCH",
                "UID",
                "SORT",
                "THREAD",
                "ESEARCH",
                "RETURN",
                "(",
                ")",
                " ",
                " ",
                " ",
                "()",
                "(MIN)",
                "(PARTIAL 1:2)",
                "(SAVE ALL)",
                "-1:-5",
                "CHARSET",
                "UTF-8",
                "KOI8-R",
                "(DATE)",
                "REVERSE",
                "REFERENCES",
                "IN",
                "PERSONAL",
                "SUBTREE",
                "MAILBOXES",
                "INBOX",
                "ALL",
                "NOT",
                "OR",
                "$",
                "$,1",
                "1:*",
                "*",
                ",",
                "TEXT",
                "HEADER",
                "x",
                "\"",
                "\"\"",
                "{3+}\r\nabc",
                "{9}\r\n",
                "SINCE",
                "1-Feb-2026",
                "OLDER",
                "0",
                "5",
                "KEYWORD",
                "\\Seen",
                "MODSEQ",
                "\0",
                "\u00e9")
            .list()
            .ofMaxSize(16)
            .map(all -> String.join("", all));
    return Combinators.combine(
            Arbitraries.of(
                "", "SEARCH ", "UID SORT (", "THREAD ", "ESEARCH IN (", "SEARCH RETURN ("),
            pieces)
        .as(String::concat);
  }
}
