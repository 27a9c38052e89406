package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;

/** Messages are made fit for servers that take less, and say afterwards what they said before. */
class ConversionTest {
  private static final String GREETING = "Viele Gr\u00c3\u00bc\u00c3\u009fe";
  private static final Charset LATIN1 = StandardCharsets.ISO_8859_1;

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Conversion plan(String message, Conversion.Target target, boolean binary)
      throws IOException {
    MessageSource source = () -> new ByteArrayInputStream(octets(message));
    return Conversion.plan(source, ContentSurvey.of(source), target, binary);
  }

  private static String converted(String message, Conversion.Target target, boolean binary)
      throws IOException {
    var rewritten = ((Conversion.Possible) plan(message, target, binary)).message();
    var out = new ByteArrayOutputStream();
    rewritten.writeTo(out);
    assertThat(rewritten.size()).isEqualTo(out.size());
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String sevenBit(String message) throws IOException {
    return converted(message, Conversion.Target.SEVEN_BIT, false);
  }

  private static String refusal(String message) throws IOException {
    return ((Conversion.Impossible) plan(message, Conversion.Target.SEVEN_BIT, false))
        .status()
        .toString();
  }

  @Test
  void textWithSomeEightBitLettersBecomesQuotedPrintable() throws IOException {
    assertThat(
            sevenBit(
                "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Content-Transfer-Encoding:\r\n 8bit\r\nSubject: hi\r\n\r\n"
                    + GREETING
                    + " = \r\nend\n"))
        .isEqualTo(
            """
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Subject: hi
            Content-Transfer-Encoding: quoted-printable

            Viele Gr=C3=BC=C3=9Fe =3D=20
            end
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void textThatIsMostlyEightBitAndWhatIsNoTextBecomeBase64() throws IOException {
    var text = "\u00e6\u0097\u00a5\u00e6\u009c\u00ac\r\n";
    assertThat(sevenBit("Content-Transfer-Encoding: 8bit\r\n\r\n" + text))
        .contains("Content-Transfer-Encoding: base64\r\n\r\n" + "5pel5pysDQo=");
    assertThat(sevenBit("Content-Type: image/x\r\n\r\nascii, and \u00ff\r\n"))
        .endsWith("Content-Transfer-Encoding: base64\r\n\r\nYXNjaWksIGFuZCD/DQo=\r\n");
  }

  @Test
  void textWithoutMimeFieldsSaysThatNobodyKnowsItsCharset() throws IOException {
    assertThat(sevenBit("Subject: x\r\n\r\n" + GREETING))
        .isEqualTo(
            "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\nViele Gr=C3=BC=C3=9Fe");
  }

  private static final String MIXED =
      """
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b
      Content-Transfer-Encoding: 8bit

      preamble
      --b
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      %s
      --b
      Content-Type: text/plain
      Content-Transfer-Encoding: 8bit

      only ascii = here
      --b
      Content-Type: message/rfc822
      Content-Transfer-Encoding: 8bit

      Subject: inner
      Content-Transfer-Encoding: 8bit

      %s
      --b--
      epilogue
      """
          .replace("\n", "\r\n");

  @Test
  void eachPartIsConvertedByItselfAndLabelsAreTrue() throws IOException {
    assertThat(sevenBit(MIXED.formatted(GREETING, GREETING)))
        .isEqualTo(
            """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b
            Content-Transfer-Encoding: 7bit

            preamble
            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Viele Gr=C3=BC=C3=9Fe
            --b
            Content-Type: text/plain
            Content-Transfer-Encoding: 7bit

            only ascii = here
            --b
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 7bit

            Subject: inner
            Content-Type: text/plain; charset=unknown-8bit
            Content-Transfer-Encoding: quoted-printable

            Viele Gr=C3=BC=C3=9Fe
            --b--
            epilogue
            """
                .replace("\n", "\r\n"));
  }

  private static final String SIGNED =
      """
      Content-Type: multipart/signed; boundary=s; protocol="application/x"
      Content-Transfer-Encoding: 8bit

      --s
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      %s
      --s
      Content-Type: application/x

      signature %s
      --s--
      """
          .replace("\n", "\r\n");

  @Test
  void whatWasSignedIsNeverTouched() throws IOException {
    assertThat(refusal(SIGNED.formatted(GREETING, ""))).isEqualTo("5.6.2");
    var signedAscii =
        "--s\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n\r\nascii\r\n--s\r\n";
    assertThat(sevenBit(SIGNED.formatted("ascii", "\u00ff")))
        .contains(signedAscii)
        .contains("c2lnbmF0dXJlIP8=");
  }

  @Test
  void whatCannotBeConvertedIsReturnedWithAReason() throws IOException {
    assertThat(refusal("Subject: " + GREETING + "\r\n\r\nascii")).isEqualTo("5.6.7");
    assertThat(refusal("Content-Transfer-Encoding: base64\r\n\r\n\u00ff")).isEqualTo("5.6.3");
    assertThat(refusal("Content-Type: message/partial; id=1\r\n\r\n\u00ff")).isEqualTo("5.6.3");
    assertThat(refusal(MIXED.formatted("a", "b").replace("preamble", GREETING))).isEqualTo("5.6.3");
  }

  @Test
  void binaryPartsKeepTheirBareLineEndsAndOthersStayAsTheyAre() throws IOException {
    var message =
        "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "--b\r\nContent-Type: image/x\r\nContent-Transfer-Encoding: BINARY\r\n\r\n"
            + "a\nb\rc\0\u00ff\r\n"
            + "--b\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + GREETING
            + "\r\n--b--\r\n";
    assertThat(converted(message, Conversion.Target.EIGHT_BIT, true))
        .isEqualTo(
            "Content-Type: multipart/mixed; boundary=b\r\nMIME-Version: 1.0\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                + "--b\r\nContent-Type: image/x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "YQpiDWMA/w==\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                + GREETING
                + "\r\n--b--\r\n");
  }

  @Test
  void aTooDeepStructureIsLeftAlone() throws IOException {
    var message = new StringBuilder();
    for (int i = 0; i < PartTree.MAX_DEPTH; i++) {
      message.append("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
    }
    assertThat(refusal(message + "\r\n\u00ff")).isEqualTo("5.6.3");
  }

  @Property(tries = 3000)
  void aConversionNeverChangesWhatIsSaid(
      @ForAll long seed, @ForAll boolean sevenBit, @ForAll boolean binary) throws IOException {
    var message = new String(new AnyMessages(new Random(seed)).next(), LATIN1);
    check(message, sevenBit, binary);
  }

  @Property(tries = 3000)
  void aProperMessageIsConvertedWhateverOctetsItHas(
      @ForAll long seed, @ForAll boolean sevenBit, @ForAll boolean binary) throws IOException {
    var text = new StringBuilder("MIME-Version: 1.0\r\n");
    entity(text, new Random(seed), 0);
    assertThat(check(text.toString(), sevenBit, binary)).isTrue();
  }

  /** False when it cannot be converted. */
  private static boolean check(String any, boolean sevenBit, boolean binary) throws IOException {
    // all line ends that are sent are CRLF, where a message is not BINARYMIME
    var message = binary ? any : any.replaceAll("\r\n|\r|\n", "\r\n");
    var target = sevenBit ? Conversion.Target.SEVEN_BIT : Conversion.Target.EIGHT_BIT;
    if (plan(message, target, binary) instanceof Conversion.Impossible) {
      return false;
    }
    var after = converted(message, target, binary);
    if (sevenBit) {
      assertThat(after.chars()).allMatch(c -> c < 128);
    }
    assertThat(said(after)).as("%s\n########\n%s", message, after).isEqualTo(said(message));
    return true;
  }

  private static void entity(StringBuilder out, Random random, int depth) {
    int kind = depth > 4 ? 3 : random.nextInt(4);
    if (kind == 0) {
      var boundary = "b" + depth + random.nextInt(1000);
      out.append("Content-Type: multipart/mixed; boundary=").append(boundary).append("\r\n\r\n");
      for (int i = random.nextInt(3); i >= 0; i--) {
        out.append("--").append(boundary).append("\r\n");
        entity(out, random, depth + 1);
        out.append("\r\n");
      }
      out.append("--").append(boundary).append("--\r\n");
    } else if (kind == 1) {
      out.append("Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n");
      entity(out, random, depth + 1);
    } else {
      out.append(random.nextBoolean() ? "Content-Type: text/html\r\n" : "");
      out.append(random.nextBoolean() ? "Content-Type: image/png\r\n" : "");
      out.append("Content-Transfer-Encoding: ")
          .append(List.of("7bit", "8bit", "binary").get(random.nextInt(3)))
          .append("\r\n\r\n");
      for (int i = random.nextInt(40); i > 0; i--) {
        out.append(PIECES.get(random.nextInt(PIECES.size())));
      }
    }
  }

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          "\0",
          " ",
          "\t\r\n",
          "=",
          "=3D",
          ".",
          "\r\n.\r\n",
          "\u00ff",
          "\u00c3\u00bc",
          "some words ",
          "x".repeat(80),
          "-",
          "From ",
          "y".repeat(1000));

  /** The decoded content of every leaf. */
  private static List<String> said(String message) throws IOException {
    var scanner = new MessageScanner();
    var octets = octets(message);
    scanner.write(octets, 0, octets.length);
    var said = new ArrayList<String>();
    collect(scanner.finish().summary().body(), message, said);
    return said;
  }

  private static void collect(BodyPart part, String message, List<String> said) throws IOException {
    switch (part) {
      case BodyPart.Single(var fields, var extent, _) ->
          said.add(
              decoded(
                  fields.encoding(), message.substring((int) extent.body(), (int) extent.end())));
      case BodyPart.Multi multi -> {
        for (var inner : multi.parts()) {
          collect(inner, message, said);
        }
      }
      case BodyPart.Embedded embedded -> collect(embedded.body(), message, said);
    }
  }

  private static String decoded(String encoding, String body) throws IOException {
    var decoded =
        switch (encoding) {
          case "base64" -> base64(body);
          case "quoted-printable" ->
              new QuotedPrintableInputStream(new ByteArrayInputStream(octets(body))).readAllBytes();
          default -> octets(body);
        };
    return new String(decoded, StandardCharsets.ISO_8859_1);
  }

  private static byte[] base64(String body) {
    try {
      return Base64.getMimeDecoder().decode(octets(body));
    } catch (IllegalArgumentException broken) {
      return octets(body);
    }
  }
}
