package dev.postroom.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.FetchItem.Partial;
import dev.postroom.imap.syntax.FolderCommand.ListFolders;
import dev.postroom.imap.syntax.FolderCommand.ListReturn;
import dev.postroom.imap.syntax.FolderCommand.ListSelection;
import dev.postroom.imap.syntax.MessagePiece.Event;
import dev.postroom.imap.syntax.MessagePiece.Place;
import dev.postroom.imap.syntax.SearchKey.When;
import dev.postroom.imap.syntax.SelectedCommand.FlagChange;
import dev.postroom.imap.syntax.SequenceSet.Range;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ImapCommand parse(String command) throws ImapSyntaxException {
    return CommandParser.parse(octets("t1 " + command), TextForm.ASCII).command();
  }

  private static SequenceSet set(long... firstAndLast) {
    var ranges = new java.util.ArrayList<Range>();
    for (int i = 0; i < firstAndLast.length; i += 2) {
      ranges.add(new Range(firstAndLast[i], firstAndLast[i + 1]));
    }
    return new SequenceSet(ranges);
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        arguments("noop", new AnyTimeCommand.Noop()),
        arguments("CAPABILITY ", new AnyTimeCommand.Capability()),
        arguments("XYZZY with (anything", new AnyTimeCommand.Unknown("XYZZY")),
        arguments("UID NOOP", new AnyTimeCommand.Unknown("UID NOOP")),
        arguments("ID NIL", new AnyTimeCommand.Id(Map.of())),
        arguments(
            "ID (\"name\" \"x\" \"os\" NIL)", new AnyTimeCommand.Id(Map.of("name", "x", "os", ""))),
        arguments("LOGIN a@b \"p\\\"q\"", new LoginCommand.Login("a@b", "p\"q")),
        arguments("LOGIN {3}\r\na b {2+}\r\n{} ", new LoginCommand.Login("a b", "{}")),
        arguments("LOGIN x \"caf\u00c3\u00a9\"", new LoginCommand.Login("x", "caf\u00e9")),
        arguments("AUTHENTICATE PLAIN", new LoginCommand.Authenticate("PLAIN", null)),
        arguments("AUTHENTICATE plain =", new LoginCommand.Authenticate("PLAIN", "=")),
        arguments(
            "AUTHENTICATE PLAIN AGEAYg==", new LoginCommand.Authenticate("PLAIN", "AGEAYg==")),
        arguments("SELECT INBOX", new FolderCommand.Select("INBOX", false, false, null)),
        arguments("EXAMINE &AOQ-", new FolderCommand.Select("\u00e4", true, false, null)),
        arguments("SELECT \"a b\"", new FolderCommand.Select("a b", false, false, null)),
        arguments("SELECT a (CONDSTORE)", new FolderCommand.Select("a", false, true, null)),
        arguments(
            "EXAMINE a (QRESYNC (7 20 1:9,12 (1,3 2,5)))",
            new FolderCommand.Select(
                "a",
                true,
                false,
                new Resync(
                    7, 20, set(1, 9, 12, 12), new Resync.Match(set(1, 1, 3, 3), set(2, 2, 5, 5))))),
        arguments(
            "SELECT a (QRESYNC (7 20 (1 2)) CONDSTORE)",
            new FolderCommand.Select(
                "a", false, true, new Resync(7, 20, null, new Resync.Match(set(1, 1), set(2, 2))))),
        arguments("CREATE x", new FolderCommand.Create("x", List.of())),
        arguments(
            "CREATE x (USE (\\Sent \\Drafts))",
            new FolderCommand.Create("x", List.of("\\Sent", "\\Drafts"))),
        arguments("getquota {3}\r\na b", new PropertyCommand.GetQuota("a b")),
        arguments("GETQUOTAROOT &AOQ-", new PropertyCommand.GetQuotaRoot("\u00e4")),
        arguments("SETQUOTA \"\" (STORAGE 5 X 1)", new PropertyCommand.SetQuota("")),
        arguments("RENAME a {1}\r\nb", new FolderCommand.Rename("a", "b")),
        arguments(
            "STATUS INBOX (MESSAGES uidnext)",
            new FolderCommand.Status("INBOX", Set.of(StatusItem.MESSAGES, StatusItem.UIDNEXT))),
        arguments(
            "LIST \"\" *",
            new ListFolders(Set.of(), "", List.of("*"), Set.of(), Set.of(), List.of())),
        arguments(
            "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (\"a/%\" b*) RETURN (CHILDREN STATUS (UNSEEN))",
            new ListFolders(
                Set.of(ListSelection.SUBSCRIBED, ListSelection.RECURSIVEMATCH),
                "",
                List.of("a/%", "b*"),
                Set.of(ListReturn.CHILDREN),
                Set.of(StatusItem.UNSEEN),
                List.of())),
        arguments(
            "LIST \"\" % RETURN (METADATA (/private/Comment \"/shared/a b\"))",
            new ListFolders(
                Set.of(),
                "",
                List.of("%"),
                Set.of(),
                Set.of(),
                List.of("/private/comment", "/shared/a b"))),
        arguments(
            "GETMETADATA (DEPTH infinity MAXSIZE 5) \"\" /shared",
            new PropertyCommand.GetMetadata("", List.of("/shared"), Integer.MAX_VALUE, 5)),
        arguments(
            "GETMETADATA INBOX (MAXSIZE 1024) (/shared/comment /private/comment)",
            new PropertyCommand.GetMetadata(
                "INBOX", List.of("/shared/comment", "/private/comment"), 0, 1024)),
        arguments("LSUB \"\" %", new FolderCommand.Lsub("", "%")),
        arguments("ENABLE CONDSTORE x", new FolderCommand.Enable(List.of("CONDSTORE", "X"))),
        arguments("UID EXPUNGE 1:*", new SelectedCommand.UidExpunge(set(1, SequenceSet.LAST))),
        arguments(
            "STORE 1,3:2 +FLAGS.SILENT (\\seen $Junk)",
            new SelectedCommand.Store(
                false, set(1, 1, 3, 2), null, FlagChange.ADD, true, Set.of("\\Seen", "$Junk"))),
        arguments(
            "UID STORE * FLAGS \\Deleted x",
            new SelectedCommand.Store(
                true,
                set(SequenceSet.LAST, SequenceSet.LAST),
                null,
                FlagChange.REPLACE,
                false,
                Set.of("\\Deleted", "x"))),
        arguments(
            "STORE 1 -FLAGS ()",
            new SelectedCommand.Store(false, set(1, 1), null, FlagChange.REMOVE, false, Set.of())),
        arguments(
            "STORE 1 (UNCHANGEDSINCE 9223372036854775807) FLAGS (\\Seen)",
            new SelectedCommand.Store(
                false, set(1, 1), Long.MAX_VALUE, FlagChange.REPLACE, false, Set.of("\\Seen"))),
        arguments(
            "UID FETCH 1 FLAGS (CHANGEDSINCE 5 VANISHED)",
            new SelectedCommand.Fetch(
                true,
                set(1, 1),
                List.of(new FetchItem.Flags()),
                new FetchModifiers(5L, true, null))),
        arguments("COPY 2 x", new SelectedCommand.Copy(false, set(2, 2), "x")),
        arguments("UID MOVE 2 x", new SelectedCommand.Move(true, set(2, 2), "x")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandMeansWhatItSays(String text, ImapCommand meaning) throws ImapSyntaxException {
    assertThat(parse(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NOOP x",
        "SELECT",
        "SELECT ",
        "SELECT a b",
        "SELECT &",
        "SELECT &AGE-",
        "SELECT \u00e4",
        "SELECT \"a",
        "SELECT \"a\r\n\"",
        "SELECT {5}\r\nabc",
        "SELECT {3}\r\na\0c",
        "LOGIN x \"\u00e9\"",
        "LOGIN x",
        "STATUS INBOX ()",
        "STATUS INBOX (NOPE)",
        "LIST \"\" * RETURN (NOPE)",
        "LIST (RECURSIVEMATCH) \"\" *",
        "FETCH 0 FLAGS",
        "FETCH 4294967296 FLAGS",
        "FETCH 99999999999999999999 FLAGS",
        "FETCH 1: FLAGS",
        "FETCH 1 ()",
        "FETCH 1 (FAST)",
        "FETCH 1 BODY[",
        "FETCH 1 BODY[MIME]",
        "FETCH 1 BODY[1.]",
        "FETCH 1 BODY[0]",
        "FETCH 1 BODY[]<0.0>",
        "FETCH 1 BODY[]<5>",
        "FETCH 1 BODY[HEADER.FIELDS ()]",
        "FETCH 1 BODY[HEADER.FIELDS (a:b)]",
        "FETCH 1 BODY[HEADER.FIELDS (\"a b\")]",
        "STORE 1 +FLAGS (\\*)",
        "STORE 1 FLAGZ (\\Seen)",
        "SEARCH",
        "SEARCH NOPE",
        "SEARCH NOT",
        "SEARCH (SEEN",
        "SEARCH BEFORE 32-Jan-2026",
        "SEARCH SUBJECT \u00e9",
        "APPEND INBOX",
        "APPEND INBOX \"text\"",
        "APPEND INBOX (\\Seen) \"01-Foo-2026 00:00:00 +0000\" {1}\r\nx",
        "SELECT a (QRESYNC)",
        "SELECT a (QRESYNC (0 1))",
        "SELECT a (QRESYNC (1 1 1:2 (1)))",
        "SELECT a ()",
        "FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)",
        "UID FETCH 1 FLAGS (VANISHED)",
        "STORE 1 (UNCHANGEDSINCE 1 UNCHANGEDSINCE 2) FLAGS (\\Seen)",
        "STORE 1 (UNCHANGEDSINCE 9223372036854775808) FLAGS (\\Seen)",
        "CREATE x (NOPE (\\Sent))",
        "ID (\"a\")",
        "AUTHENTICATE",
      })
  void whatIsNoCommandIsRefused(String text) {
    assertThatExceptionOfType(ImapSyntaxException.class).isThrownBy(() -> parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " NOOP", "a", "+ NOOP", "( NOOP", "a  NOOP"})
  void aCommandNeedsATagAndAVerb(String whole) {
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(() -> CommandParser.parse(octets(whole), TextForm.ASCII));
  }

  @Test
  void theTagIsFoundInFrontOfAMalformedCommand() {
    assertThat(CommandParser.tagOf(octets("a7 FETCH ((("))).isEqualTo("a7");
    assertThat(CommandParser.tagOf(octets("(oops"))).isEqualTo("*");
  }

  private static List<FetchItem> items(String text) throws ImapSyntaxException {
    return ((SelectedCommand.Fetch) parse("FETCH 1 " + text)).items();
  }

  private static Content content(String text) throws ImapSyntaxException {
    return (Content) items(text).getFirst();
  }

  @Test
  void fetchMacrosStandForTheirItems() throws ImapSyntaxException {
    var fast = List.of(new FetchItem.Flags(), new FetchItem.InternalDate(), new FetchItem.Size());
    assertThat(items("FAST")).isEqualTo(fast);
    assertThat(items("ALL")).hasSize(4).contains(new FetchItem.Envelope());
    assertThat(items("FULL")).hasSize(5).contains(new FetchItem.Structure(false));
  }

  @Test
  void fetchTakesSoManyItems() throws ImapSyntaxException {
    var most = "FLAGS" + " BODY.PEEK[1]<0.1>".repeat(FetchParser.MAX_ITEMS - 1);
    assertThat(items("(" + most + ")")).hasSize(FetchParser.MAX_ITEMS);
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(() -> items("(" + most + " UID)"))
        .withMessage("at most 100 message data items at a time");
  }

  @Test
  void fetchItemsAreTakenApart() throws ImapSyntaxException {
    assertThat(items("(FLAGS UID BODY BODYSTRUCTURE)"))
        .containsExactly(
            new FetchItem.Flags(),
            new FetchItem.Uid(),
            new FetchItem.Structure(false),
            new FetchItem.Structure(true));
    assertThat(content("BODY[]"))
        .isEqualTo(new Content(BodySection.of(Kind.ALL), null, true, "BODY[]"));
    assertThat(content("BODY.PEEK[1.2]<7.100>"))
        .isEqualTo(
            new Content(
                new BodySection(List.of(1, 2), Kind.ALL, List.of()),
                new Partial(7, 100),
                false,
                "BODY[1.2]<7>"));
    assertThat(content("body.peek[2.header.fields (Date \"From\")]").label())
        .isEqualTo("BODY[2.HEADER.FIELDS (DATE FROM)]");
    assertThat(content("BODY[1.MIME]").section().kind()).isEqualTo(Kind.MIME);
    assertThat(content("BODY[HEADER.FIELDS.NOT (X-A)]").section().kind())
        .isEqualTo(Kind.HEADER_FIELDS_NOT);
    assertThat(content("RFC822.HEADER").marksSeen()).isFalse();
    assertThat(content("RFC822").marksSeen()).isTrue();
    assertThat(content("RFC822.TEXT").label()).isEqualTo("RFC822.TEXT");
  }

  private static SearchKey key(String text) throws ImapSyntaxException {
    return ((SelectedCommand.Search) parse("SEARCH " + text)).key();
  }

  @Test
  void searchKeysAreTakenApart() throws ImapSyntaxException {
    assertThat(key("UNSEEN")).isEqualTo(new SearchKey.Not(new SearchKey.HasFlag("\\Seen")));
    assertThat(key("1:3,5 KEYWORD $x"))
        .isEqualTo(
            new SearchKey.And(
                List.of(new SearchKey.Numbers(set(1, 3, 5, 5)), new SearchKey.HasFlag("$x"))));
    assertThat(key("OR (FROM a TO b) NOT BEFORE 1-feb-2026"))
        .isEqualTo(
            new SearchKey.Or(
                new SearchKey.And(
                    List.of(new SearchKey.Header("FROM", "a"), new SearchKey.Header("TO", "b"))),
                new SearchKey.Not(new SearchKey.Arrived(When.BEFORE, LocalDate.of(2026, 2, 1)))));
    assertThat(key("CHARSET utf-8 SUBJECT {3}\r\n\u00e2\u0082\u00ac"))
        .isEqualTo(new SearchKey.Header("SUBJECT", "\u20ac"));
    assertThat(key("SENTON \"01-Feb-2026\" LARGER 5"))
        .isEqualTo(
            new SearchKey.And(
                List.of(
                    new SearchKey.Sent(When.ON, LocalDate.of(2026, 2, 1)),
                    new SearchKey.Larger(5))));
    assertThat(key("HEADER Message-ID \"\"")).isEqualTo(new SearchKey.Header("Message-ID", ""));
    assertThat(parse("SEARCH CHARSET KOI8-R TEXT {1}\r\n\u00e9"))
        .isEqualTo(new SelectedCommand.SearchInUnknownCharset(false));
  }

  @Test
  void aSortHasOnlySoManyCriteria() throws ImapSyntaxException {
    int limit = SortParser.MAX_CRITERIA;
    parse("SORT (" + "DATE ".repeat(limit - 1) + "TO) UTF-8 ALL");
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(() -> parse("SORT (" + "DATE ".repeat(limit) + "TO) UTF-8 ALL"));
  }

  @Test
  void aScopeNamesOnlySoManyFolders() throws ImapSyntaxException {
    int limit = FolderList.MAX_FOLDERS;
    parse("ESEARCH IN (MAILBOXES (" + "a ".repeat(limit - 1) + "a)) ALL");
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(() -> parse("ESEARCH IN (MAILBOXES (" + "a ".repeat(limit) + "a)) ALL"));
  }

  @Test
  void aSearchIsNestedOnlySoDeep() throws ImapSyntaxException {
    int limit = SearchParser.MAX_DEPTH;
    key("NOT ".repeat(limit - 1) + "ALL");
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(() -> key("NOT ".repeat(limit) + "ALL"));
    assertThatExceptionOfType(ImapSyntaxException.class).isThrownBy(() -> key("(".repeat(100_000)));
  }

  @Test
  void aSearchHasOnlySoManySaveDates() throws ImapSyntaxException {
    int limit = SearchParser.MAX_SAVE_DATES;
    key("SAVEDON 1-Jan-2026" + " OR SAVEDSINCE 1-Jan-2026 ALL".repeat(limit - 1));
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(
            () -> key("SAVEDON 1-Jan-2026" + " OR SAVEDSINCE 1-Jan-2026 ALL".repeat(limit)));
  }

  @Test
  void anAppendIsKnownBeforeItsMessageComes() {
    var head =
        CommandParser.appendHead(octets("a APPEND INBOX {10}\r\n"), TextForm.ASCII).orElseThrow();
    var plain = new MessagePiece(List.of(begin(null), literal(10, true)), Place.MESSAGE_END);
    assertThat(head).isEqualTo(new TaggedCommand("a", new FolderCommand.Append("INBOX", plain)));
    var full = "a append {5}\r\nINBOX (\\seen \\Recent) \" 1-Feb-2026 00:30:00 +0100\" {10+}\r\n";
    assertThat(CommandParser.appendHead(octets(full), TextForm.ASCII).orElseThrow().command())
        .isEqualTo(
            new FolderCommand.Append(
                "INBOX",
                new MessagePiece(
                    List.of(
                        begin(Instant.parse("2026-01-31T23:30:00Z"), "\\Seen"), literal(10, false)),
                    Place.MESSAGE_END)));
    assertThat(CommandParser.appendHead(octets("a APPEND {5}\r\n"), TextForm.ASCII)).isEmpty();
    assertThat(CommandParser.appendHead(octets("a LOGIN {5}\r\n"), TextForm.ASCII)).isEmpty();
  }

  private static Event begin(@Nullable Instant date, String... flags) {
    return new Event.Begin(Set.of(flags), date);
  }

  private static Event literal(long size, boolean waits) {
    return new Event.Literal(new LiteralMark(size, waits), true);
  }

  private static Event text(long size) {
    return new Event.Literal(new LiteralMark(size, false), false);
  }

  private static MessagePiece open(String octets, Place from) {
    return MessageParser.open(octets(octets), from).orElseThrow();
  }

  @Test
  void theMessagesOfAnAppendComeInPieces() throws ImapSyntaxException {
    assertThat(open(" (\\Seen) {5+}\r\n", Place.MESSAGE_END))
        .isEqualTo(
            new MessagePiece(
                List.of(new Event.End(), begin(null, "\\Seen"), literal(5, false)),
                Place.MESSAGE_END));
    assertThat(open("UTF8 (~{5}\r\n", Place.MESSAGE))
        .isEqualTo(new MessagePiece(List.of(begin(null), literal(5, true)), Place.UTF8_END));
    assertThat(open("CATENATE (URL /a URL {2}\r\n/b TEXT {3+}\r\n", Place.MESSAGE))
        .isEqualTo(
            new MessagePiece(
                List.of(begin(null), new Event.Url("/a"), new Event.Url("/b"), text(3)),
                Place.PART_END));
    assertThat(open(" UTF8 (~{3+}\r\n", Place.PART_END))
        .isEqualTo(new MessagePiece(List.of(text(3)), Place.PART_UTF8_END));
    assertThat(MessageParser.last(octets(") URL \"/c\")"), Place.PART_UTF8_END))
        .isEqualTo(
            new MessagePiece(List.of(new Event.Url("/c"), new Event.End()), Place.COMMAND_END));
    assertThat(MessageParser.last(octets(""), Place.MESSAGE_END).events())
        .containsExactly(new Event.End());
    assertThat(MessageParser.open(octets("CATENATE (URL {2+}\r\n"), Place.MESSAGE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", ")", "{3}\r\nabc", "~{3}", "CATENATE ()", "CATENATE (URL /a"})
  void whatIsNoMessageIsRefused(String octets) {
    assertThatExceptionOfType(ImapSyntaxException.class)
        .isThrownBy(() -> MessageParser.last(octets(octets), Place.MESSAGE));
  }

  @Test
  void aDateIsShownWithAYearOfFourDigits() throws ImapSyntaxException {
    for (var kept : List.of("01-Jan-0000 00:00:00 +0000", "31-Dec-9999 23:59:59 +0000")) {
      assertThat(Dates.format(Dates.dateTime(kept))).isEqualTo(kept);
    }
    for (var outside : List.of("01-Jan-0000 00:00:00 +0100", "31-Dec-9999 23:59:59 -0100")) {
      assertThatExceptionOfType(ImapSyntaxException.class)
          .isThrownBy(() -> Dates.dateTime(outside));
    }
  }

  @Test
  void aLiteralIsAnnouncedAtTheEndOfALine() {
    assertThat(LiteralMark.at(octets("a x {12}"))).contains(new LiteralMark(12, true));
    assertThat(LiteralMark.at(octets("a x {0+}"))).contains(new LiteralMark(0, false));
    assertThat(LiteralMark.at(octets("a x {9999999999999999999999}")))
        .contains(new LiteralMark(Long.MAX_VALUE, true));
    for (var none : List.of("", "}", "{}", "12}", "{+}", "{1x}", "{1} ", "x")) {
      assertThat(LiteralMark.at(octets(none))).as(none).isEmpty();
    }
  }

  @Test
  void passwordsAreInNoText() {
    assertThat(new LoginCommand.Login("a", "geheim").toString()).doesNotContain("geheim");
    assertThat(new LoginCommand.Authenticate("PLAIN", "geheim").toString())
        .doesNotContain("geheim");
  }
}
