package dev.postroom.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the index says of a message is what looking into it says. */
class IndexAgreesTest {
  @Property(tries = 800)
  void whatTheIndexSaysIsSo(
      @ForAll("messages") List<byte[]> octets,
      @ForAll("texts") String needle,
      @ForAll("texts") String other)
      throws Exception {
    var segment = new TestSegment(octets);
    agrees(segment, needle);
    agrees(segment, other);
    for (int from = 0; from < needle.length(); from += 1 + needle.length() / 5) {
      for (int to = from + 1; to <= needle.length(); to += 1 + needle.length() / 7) {
        agrees(segment, needle.substring(from, to));
      }
    }
  }

  private static void agrees(TestSegment segment, String text) throws Exception {
    var needle = Needle.of(text);
    var answer = segment.answer(text);
    for (int i = 0; i < segment.messages.size(); i++) {
      for (boolean headerToo : new boolean[] {true, false}) {
        boolean has = segment.messages.get(i).has(text, headerToo);
        if (needle.patterns().isEmpty()) {
          continue; // never asked
        }
        var expected = has ? Finding.YES : Finding.NO;
        assertThat(answer.find(i + 1, headerToo))
            .as("'%s' in message %d", text, i + 1)
            .isIn(needle.exact() ? List.of(expected) : List.of(expected, Finding.UNKNOWN))
            .isNotEqualTo(has ? Finding.NO : Finding.YES);
      }
    }
  }

  /** Pieces that meet in many ways: words, cases, long runs, scripts without spaces, emoji. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "B",
            "ab",
            "Ab",
            "word",
            "WORD",
            "7",
            " ",
            "-",
            ".",
            "@",
            "\r\n",
            "\t",
            "\u00fc",
            "\u00dc",
            "\u00df",
            "\u0130",
            "\u0131",
            "\u03c3",
            "\u03c2",
            "\u03a3",
            "e\u0301",
            "\u00e9",
            "\uff21",
            "\uff76\uff9e",
            "\ufb03",
            "\u00a0",
            "\u0e33",
            "\ufdfa",
            "\ud801\udc28",
            "\u65e5",
            "\u672c",
            "\u8a9e",
            "\u6771\u4eac",
            "\u304b\u306a",
            "\ud55c\uad6d",
            "\u0e44\u0e17\u0e22",
            "\ud83d\ude00",
            "\ud83d\ude01",
            "\ud840\udc00",
            "\u0915\u093f",
            "\u0434\u0430",
            "x".repeat(31),
            "y".repeat(32),
            "z".repeat(33),
            "\u65e5".repeat(40),
            "abcdefghij".repeat(13))
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<byte[]>> messages() {
    return Combinators.combine(texts(), parts())
        .as((subject, body) -> message(subject, body))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** A header and a body; lines of text in many forms of MIME. */
  private Arbitrary<String> parts() {
    var part =
        Combinators.combine(
                texts(),
                Arbitraries.of("utf-8", "iso-2022-jp", "utf-16", "gb18030", "nope"),
                Arbitraries.of("base64", "quoted-printable", "8bit"),
                Arbitraries.of("plain", "html", "csv"))
            .as(IndexAgreesTest::part);
    var multipart =
        part.list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(
                all ->
                    "Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n"
                        + String.join("\r\n--bb\r\n", all)
                        + "\r\n--bb--\r\n");
    var embedded =
        Combinators.combine(texts(), part)
            .as(
                (subject, inner) ->
                    "Content-Type: message/rfc822\r\n\r\n" + header(subject) + inner);
    return Arbitraries.oneOf(part, multipart, embedded);
  }

  private static String part(String text, String charset, String encoding, String subtype) {
    var known = charset.equals("nope") ? StandardCharsets.UTF_8 : Charset.forName(charset);
    var octets =
        encoding.equals("8bit") ? latin1(text, StandardCharsets.UTF_8) : latin1(text, known);
    var content =
        switch (encoding) {
          case "base64" ->
              Base64.getMimeEncoder().encodeToString(octets.getBytes(StandardCharsets.ISO_8859_1));
          case "quoted-printable" -> quoted(octets);
          default -> octets;
        };
    return "Content-Type: text/"
        + subtype
        + "; charset="
        + charset
        + "\r\nContent-Transfer-Encoding: "
        + encoding
        + "\r\n\r\n"
        + content;
  }

  private static String latin1(String text, Charset charset) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  /** With a soft line break in the middle of words. */
  private static String quoted(String octets) {
    var out = new StringBuilder();
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      out.append(c > ' ' && c < 0x7f && c != '=' ? String.valueOf(c) : "=%02X".formatted((int) c));
      out.append(i % 9 == 8 ? "=\r\n" : "");
    }
    return out.toString();
  }

  private static String header(String subject) {
    var encoded = Base64.getEncoder().encodeToString(subject.getBytes(StandardCharsets.UTF_8));
    return "From: Ann <ann@alpha.test>\r\nX-Raw: "
        + latin1(subject.replaceAll("[\r\n]", " "), StandardCharsets.UTF_8)
        + "\r\nSubject: =?utf-8?b?"
        + encoded
        + "?=\r\n";
  }

  private static byte[] message(String subject, String body) {
    return (header(subject) + body).getBytes(StandardCharsets.ISO_8859_1);
  }
}
