package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
