package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  private static boolean found(String needle, byte[] message) throws IOException {
    var body = MessageSummary.scan(new ByteArrayInputStream(message)).summary().body();
    return new TextSearch(needle)
        .isIn(
            body,
            (offset, length) -> new ByteArrayInputStream(message, (int) offset, (int) length));
  }

  private static boolean found(String needle, String header, String body, Charset charset)
      throws IOException {
    return found(needle, (header + "\r\n\r\n" + body).getBytes(charset));
  }

  @Test
  void transferEncodingsAndCharsetsAreDecoded() throws IOException {
    var type = "Content-Type: text/plain; charset=";
    assertThat(found("GR\u00dcN", type + "utf-8", "das gr\u00fcne", StandardCharsets.UTF_8))
        .isTrue();
    assertThat(found("gr\u00fcn", type + "iso-8859-1", "GR\u00dcN", StandardCharsets.ISO_8859_1))
        .isTrue();
    var quoted = type + "utf-8\r\nContent-Transfer-Encoding: quoted-printable";
    assertThat(found("gr\u00fcne wiese", quoted, "gr=C3=BCne=\r\n Wiese", StandardCharsets.UTF_8))
        .isTrue();
    var base64 = type + "utf-8\r\nContent-Transfer-Encoding: BASE64";
    assertThat(found("gr\u00fcn", base64, "ZGFzIGdyw7xu\r\nZQ==", StandardCharsets.UTF_8)).isTrue();
    assertThat(found("blau", base64, "ZGFzIGdyw7xu\r\nZQ==", StandardCharsets.UTF_8)).isFalse();
  }

  @Test
  void anUnknownCharsetAndABrokenEncodingFindWhatTheyCan() throws IOException {
    assertThat(
            found(
                "word",
                "Content-Type: text/plain; charset=nope",
                "a word",
                Charset.forName("utf-8")))
        .isTrue();
    assertThat(found("word", "Content-Transfer-Encoding: base64", "%%%", Charset.forName("utf-8")))
        .isFalse();
  }

  @Test
  void attachmentsThatAreNoTextAreLeftOut() throws IOException {
    assertThat(found("word", "Content-Type: image/png", "word", StandardCharsets.UTF_8)).isFalse();
  }

  @Test
  void messagesWithinAreSearchedWithTheirHeaders() throws IOException {
    var inner = "Subject: =?utf-8?q?gr=C3=BCn?=\r\n\r\ninner text";
    var header = "Subject: outer\r\nContent-Type: message/rfc822";
    assertThat(found("GR\u00dcN", header, inner, StandardCharsets.UTF_8)).isTrue();
    assertThat(found("inner text", header, inner, StandardCharsets.UTF_8)).isTrue();
    assertThat(found("outer", header, inner, StandardCharsets.UTF_8)).isFalse();
  }

  @Test
  void charsetsOfEastAsiaAreReadAsTheyAreMeant() throws IOException {
    var type = "Content-Type: text/plain; charset=";
    for (var charset : List.of("gb2312", "GBK", "gb18030", "big5", "utf-8")) {
      assertIsFound("\u5317\u4eac", type + charset, charset);
    }
    for (var charset : List.of("iso-2022-jp", "shift_jis", "euc-jp", "utf-8")) {
      assertIsFound("\u6771\u4eac\u90fd", type + charset, charset);
    }
    for (var charset : List.of("euc-kr", "ks_c_5601-1987", "iso-2022-kr")) {
      assertIsFound("\ud55c\uad6d", type + charset, charset);
    }
    assertIsFound("\u0e44\u0e17\u0e22", type + "tis-620", "tis-620");
    // characters that the name does not have, and that senders use all the same
    assertIsFound("\u9555", type + "gb2312", "gbk");
    assertIsFound("\u2460", type + "shift_jis", "windows-31j");
    assertIsFound("\ub620", type + "euc-kr", "x-windows-949");
    assertIsFound("\u201cquoted\u201d", type + "iso-8859-1", "windows-1252");
  }

  private static void assertIsFound(String text, String header, String charset) throws IOException {
    assertThat(found(text, header, "before " + text + " after", Charset.forName(charset)))
        .as("%s in %s", text, header)
        .isTrue();
  }

  @Test
  void howALetterIsWrittenMakesNoDifference() throws IOException {
    var type = "Content-Type: text/plain; charset=utf-8";
    assertThat(found("\u00c9TUDE", type, "e\u0301tude", StandardCharsets.UTF_8)).isTrue();
    assertThat(found("E\u0301tude", type, "\u00e9tude", StandardCharsets.UTF_8)).isTrue();
    assertThat(found("Abc", type, "\uff21\uff22\uff23", StandardCharsets.UTF_8)).isTrue();
    assertThat(
            found(
                "\u30ac\u30a4\u30c9",
                type,
                "\uff76\uff9e\uff72\uff84\uff9e",
                StandardCharsets.UTF_8))
        .isTrue();
    assertThat(found("OFFICE ONE", type, "office\u00a0one", StandardCharsets.UTF_8)).isTrue();
    assertThat(
            found(
                "\u03c3\u03bf\u03c6\u03cc\u03c2",
                type,
                "\u03a3\u039f\u03a6\u038c\u03a3",
                StandardCharsets.UTF_8))
        .isTrue();
    // a plain letter is found where it has an accent, an accent not where there is none
    assertThat(found("etude", type, "\u00e9tude", StandardCharsets.UTF_8)).isFalse();
    assertThat(found("caf", type, "CAF\u00c9", StandardCharsets.UTF_8)).isTrue();
    assertThat(found("cafe", type, "CAF\u00c9", StandardCharsets.UTF_8)).isTrue();
    assertThat(found("caf\u00e9", type, "CAFE", StandardCharsets.UTF_8)).isFalse();
    assertThat(found("\uac00", type, "\uac01", StandardCharsets.UTF_8)).isFalse();
  }

  @Property(tries = 300)
  void aTextReadInPiecesIsMappedAsAWhole(@ForAll String text, @ForAll @IntRange(max = 4) int offset)
      throws IOException {
    var whole = "x".repeat(4094 + offset) + text + "\ud801\udc28\ud83d";
    try (var reader = CaseMap.reader(new StringReader(whole))) {
      var mapped = new StringWriter();
      reader.transferTo(mapped);
      assertThat(mapped.toString()).isEqualTo(CaseMap.of(whole));
    }
  }

  @Property
  void aNeedleIsFoundWhereAStringHasIt(@ForAll("ab") String needle, @ForAll("ab") String text) {
    assertThat(new TextSearch(needle).isIn(text))
        .isEqualTo(text.toLowerCase(Locale.ROOT).contains(needle.toLowerCase(Locale.ROOT)));
  }

  @Provide
  Arbitrary<String> ab() {
    return Arbitraries.strings().withChars("aAbB").ofMaxLength(9);
  }
}
