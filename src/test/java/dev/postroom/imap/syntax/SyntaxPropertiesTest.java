package dev.postroom.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SyntaxPropertiesTest {
  private static final List<String> PIECES =
      List.of(
          "a ",
          "UID ",
          "FETCH ",
          "SEARCH ",
          "STORE ",
          "LIST ",
          "APPEND ",
          "ID ",
          "CREATE ",
          "AUTHENTICATE ",
          "STATUS ",
          "BODY[",
          "HEADER.FIELDS",
          "BODY.PEEK[1.2.",
          "]",
          "<0.1>",
          "(",
          ")",
          " ",
          "1:*",
          ",",
          "0",
          "4294967296",
          "NOT ",
          "OR ",
          "CHARSET ",
          "\"",
          "\\",
          "{3}\r\n",
          "{3+}\r\nabc",
          "\\Seen",
          "NIL",
          "&",
          "&-",
          "&AOQ-",
          "*",
          "%",
          "\0",
          "\r",
          "\u00e9",
          "x",
          "RETURN (",
          "USE (",
          "BEFORE ",
          "1-Jan-2026",
          "+FLAGS ",
          "INBOX");

  @Provide
  Arbitrary<String> almostCommands() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(14)
        .map(pieces -> "a " + String.join("", pieces));
  }

  @Provide
  Arbitrary<String> anyOctets() {
    return Arbitraries.chars()
        .range('\0', '\u00ff')
        .list()
        .ofMaxSize(60)
        .map(
            chars -> {
              var text = new StringBuilder();
              chars.forEach(text::append);
              return text.toString();
            });
  }

  /** Nothing but an {@link ImapSyntaxException} comes out of the parser. */
  private static void parseAnything(String text) {
    var octets = text.getBytes(StandardCharsets.ISO_8859_1);
    CommandParser.appendHead(octets, TextForm.ASCII);
    LiteralMark.at(octets);
    try {
      assertThat(CommandParser.parse(octets, TextForm.ASCII)).isNotNull();
    } catch (ImapSyntaxException refused) {
      assertThat(refused.getMessage()).isNotBlank().doesNotContain("\r", "\n");
    }
  }

  @Property(tries = 5000)
  void almostCommandsAreParsedOrRefused(@ForAll("almostCommands") String text) {
    parseAnything(text);
  }

  @Property(tries = 3000)
  void anyOctetsAreParsedOrRefused(@ForAll("anyOctets") String text) {
    parseAnything(text);
    parseAnything("a SEARCH " + text);
    parseAnything("a FETCH 1 " + text);
  }

  @Property
  void anyNameComesBackFromModifiedUtf7(@ForAll String name) throws ImapSyntaxException {
    Assume.that(StandardCharsets.UTF_16BE.newEncoder().canEncode(name));
    var encoded = ModifiedUtf7.encode(name);
    assertThat(encoded).matches("[ -~]*");
    assertThat(ModifiedUtf7.decode(encoded)).isEqualTo(name);
  }

  @Property
  void whatDecodesHasNoOtherEncoding(@ForAll("mostlyEncoded") String encoded) {
    try {
      assertThat(ModifiedUtf7.encode(ModifiedUtf7.decode(encoded))).isEqualTo(encoded);
    } catch (ImapSyntaxException refused) {
      assertThat(encoded).contains("&");
    }
  }

  @Provide
  Arbitrary<String> mostlyEncoded() {
    return Arbitraries.strings().withChars("&-AOQ,ae+").ofMaxLength(12);
  }

  @Property
  void aSequenceSetComesBackFromItsText(@ForAll("sets") SequenceSet set)
      throws ImapSyntaxException {
    var tokens = new Tokens(set.toString().getBytes(StandardCharsets.US_ASCII));
    assertThat(SequenceSet.parse(tokens)).isEqualTo(set);
    assertThat(set.resolve(7)).allMatch(range -> range.first() <= range.last());
  }

  @Provide
  Arbitrary<SequenceSet> sets() {
    var number =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, SequenceSet.MAX_NUMBER),
            Arbitraries.just(SequenceSet.LAST));
    return number
        .tuple2()
        .map(two -> new SequenceSet.Range(two.get1(), two.get2()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(SequenceSet::new);
  }

  @Property
  void anyStringComesBackFromTheWriter(@ForAll("anyOctets") String text)
      throws IOException, ImapSyntaxException {
    Assume.that(text.indexOf('\0') < 0);
    var octets = new ByteArrayOutputStream();
    var writer = new ResponseWriter(octets::write);
    writer.string(text).flush();
    assertThat(new Tokens(octets.toByteArray()).string()).isEqualTo(text);
  }

  @Property
  void aPatternMatchesWhatItsWildcardsStandFor(
      @ForAll("names") String before, @ForAll("names") String between) {
    assertThat(ListPattern.of("", before + "*").matches(before + between)).isTrue();
    assertThat(ListPattern.of(before, "%").matches(before + between))
        .isEqualTo(between.indexOf('/') < 0);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab/").ofMaxLength(6);
  }
}
