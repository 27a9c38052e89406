package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageScannerTest {
  private static final String MIXED =
      """
      From: Ann <ann@alpha.test>
      Subject: two parts and a message
      Content-Type: multipart/mixed; boundary="outer"

      preamble, nobody's
      --outer

      first
      line
      --outer
      Content-Type: multipart/alternative; boundary=inner

      --inner
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      <p>Hello</p>

      --inner--
      epilogue, nobody's
      --outer
      Content-Type: message/rfc822
      Content-Disposition: attachment; filename="old mail.eml"

      From: Ben <ben@alpha.test>
      Subject: inside
      Content-Type: multipart/mixed; boundary=deep

      --deep
      Content-Type: application/pdf

      %PDF
      --deep--
      --outer--
      the end
      """
          .replace("\n", "\r\n");

  private static ScannedMessage scan(String message) {
    return scan(message.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ScannedMessage scan(byte[] message) {
    try {
      return MessageSummary.scan(new ByteArrayInputStream(message));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static BodyPart part(String message, Integer... path) {
    return scan(message).summary().body().part(Arrays.asList(path)).orElseThrow();
  }

  private static String body(String message, Integer... path) {
    var extent = part(message, path).extent();
    return message.substring((int) extent.body(), (int) extent.end());
  }

  private static String mime(String message, Integer... path) {
    var extent = part(message, path).extent();
    return message.substring((int) extent.header(), (int) extent.body());
  }

  @Test
  void everyPartIsACutOfTheMessage() {
    assertThat(mime(MIXED, 1)).isEqualTo("\r\n");
    assertThat(body(MIXED, 1)).isEqualTo("first\r\nline");
    assertThat(body(MIXED, 2)).startsWith("--inner\r\n").endsWith("epilogue, nobody's");
    assertThat(mime(MIXED, 2, 1))
        .isEqualTo(
            "Content-Type: text/html; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    assertThat(body(MIXED, 2, 1)).isEqualTo("<p>Hello</p>\r\n");
    assertThat(body(MIXED, 3)).startsWith("From: Ben").endsWith("--deep--");
    assertThat(body(MIXED, 3, 1)).isEqualTo("%PDF");
    assertThat(part(MIXED, 3)).isInstanceOf(Embedded.class);
    assertThat(scan(MIXED).summary().body().part(List.of(4))).isEmpty();
    assertThat(scan(MIXED).summary().body().part(List.of(1, 1))).isEmpty();
    assertThat(scan(MIXED).summary().body().part(List.of(0))).isEmpty();
  }

  @Test
  void linesAreThoseOfTheContent() {
    assertThat(((Single) part(MIXED, 1)).lines()).isEqualTo(2);
    assertThat(((Single) part(MIXED, 2, 1)).lines()).isEqualTo(1);
    assertThat(((Embedded) part(MIXED, 3)).lines()).isEqualTo(9);
    assertThat(((Single) part("\r\na\r\nb\r\n", 1)).lines()).isEqualTo(2);
    assertThat(((Single) part("\r\na\r\nb", 1)).lines()).isEqualTo(2);
    assertThat(((Single) part("\r\n", 1)).lines()).isZero();
  }

  @Test
  void bareLineFeedsGiveTheSameStructure() {
    var bare = MIXED.replace("\r\n", "\n");
    assertThat(body(bare, 1)).isEqualTo("first\nline");
    assertThat(body(bare, 2, 1)).isEqualTo("<p>Hello</p>\n");
    assertThat(body(bare, 3, 1)).isEqualTo("%PDF");
    assertThat(scan(bare).summary().envelope()).isEqualTo(scan(MIXED).summary().envelope());
  }

  @Test
  void theSizeOfTheChunksMakesNoDifference() {
    var octets = MIXED.getBytes(StandardCharsets.ISO_8859_1);
    for (int chunk : new int[] {1, 2, 3, 7, 64}) {
      var scanner = new MessageScanner();
      for (int at = 0; at < octets.length; at += chunk) {
        scanner.write(octets, at, Math.min(chunk, octets.length - at));
      }
      assertThat(scanner.finish().summary()).isEqualTo(scan(MIXED).summary());
    }
  }

  @Test
  void theHeaderIsKeptWithItsEmptyLine() {
    var scanned = scan(MIXED);
    assertThat(new String(scanned.header(), StandardCharsets.ISO_8859_1))
        .isEqualTo(MIXED.substring(0, MIXED.indexOf("preamble")));
    assertThat(scanned.headerIsWhole()).isTrue();
    assertThat(scanned.summary().size()).isEqualTo(MIXED.length());
  }

  @Test
  void theHeaderIsKeptUpToItsLimit() {
    var start = "Subject: long\r\nX-Fill: ";
    int fill = PartTree.MAX_HEADER - start.length() - 4;
    var atTheLimit = scan(start + "x".repeat(fill) + "\r\n\r\nbody");
    assertThat(atTheLimit.header()).hasSize(PartTree.MAX_HEADER);
    assertThat(atTheLimit.headerIsWhole()).isTrue();
    var above = scan(start + "x".repeat(fill + 1) + "\r\n\r\nbody");
    assertThat(above.header()).hasSize(PartTree.MAX_HEADER);
    assertThat(above.headerIsWhole()).isFalse();
    assertThat(above.summary().envelope().subject()).isEqualTo("long");
    assertThat(above.summary().body().extent().bodySize()).isEqualTo(4);
  }

  @Test
  void aMessageOfOnlyAHeaderHasAnEmptyBody() {
    var scanned = scan("Subject: x\r\nTo: a@b\r\n");
    assertThat(scanned.summary().envelope().subject()).isEqualTo("x");
    assertThat(scanned.summary().body().extent()).isEqualTo(new BodyPart.Extent(0, 21, 21));
    assertThat(scan("").summary().body().extent()).isEqualTo(new BodyPart.Extent(0, 0, 0));
  }

  @Test
  void aMissingEndBoundaryLosesNothing() {
    var message = MIXED.substring(0, MIXED.indexOf("%PDF") + 4);
    assertThat(body(message, 3, 1)).isEqualTo("%PDF");
    assertThat(body(message, 1)).isEqualTo("first\r\nline");
  }

  @Test
  void aMultipartWithoutPartsIsShownAsText() {
    var message = "Content-Type: multipart/mixed; boundary=b\r\n\r\nno boundary here\r\n";
    var whole = part(message, 1);
    assertThat(whole).isInstanceOf(Single.class);
    assertThat(whole.fields().type() + "/" + whole.fields().subtype()).isEqualTo("text/plain");
    assertThat(body(message, 1)).isEqualTo("no boundary here\r\n");
  }

  @Test
  void aBoundaryIsAWholeLine() {
    var message =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\n\r\n--bb\r\n--b-\r\n --b\r\nx--b\r\n--b \t\r\n\r\ntwo\r\n--b--  ";
    assertThat(body(message, 1)).isEqualTo("--bb\r\n--b-\r\n --b\r\nx--b");
    assertThat(body(message, 2)).isEqualTo("two");
  }

  @Test
  void aDelimiterInAHeaderEndsIt() {
    var message =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: image/png\r\n--b\r\n\r\n--b--\r\n";
    assertThat(mime(message, 1)).isEqualTo("Content-Type: image/png\r\n");
    assertThat(body(message, 1)).isEmpty();
    assertThat(part(message, 1).fields().type()).isEqualTo("image");
    assertThat(mime(message, 2)).isEqualTo("\r\n");
    assertThat(body(message, 2)).isEmpty();
  }

  @Test
  void aDelimiterInTheHeaderOfAnInnerMessageEndsBoth() {
    var message =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n--b\r\n\r\nnext";
    var embedded = (Embedded) part(message, 1);
    assertThat(embedded.envelope().subject()).isEqualTo("inner");
    assertThat(body(message, 2)).isEqualTo("next");
  }

  @Test
  void anOuterBoundaryEndsWhatIsInside() {
    var message =
        "Content-Type: multipart/mixed; boundary=o\r\n\r\n"
            + "--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
            + "--i\r\n\r\nunclosed\r\n--o\r\n\r\nafter\r\n--i\r\nstill after\r\n--o--";
    assertThat(body(message, 1, 1)).isEqualTo("unclosed");
    assertThat(body(message, 2)).isEqualTo("after\r\n--i\r\nstill after");
  }

  @Test
  void aPartOfADigestIsAMessageUnlessItSaysOtherwise() {
    var message =
        "Content-Type: multipart/digest; boundary=b\r\n\r\n"
            + "--b\r\n\r\nSubject: one\r\n\r\ntext\r\n--b\r\nContent-Type: text/plain\r\n\r\nx";
    assertThat(((Embedded) part(message, 1)).envelope().subject()).isEqualTo("one");
    assertThat(body(message, 1, 1)).isEqualTo("text");
    assertThat(part(message, 2)).isInstanceOf(Single.class);
  }

  @Test
  void partsDeeperThanTheLimitAreOpaque() {
    var message = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      message.append("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
    }
    var innermost = scan(message.toString()).summary().body();
    int depth = 1;
    while (innermost instanceof Multi multi) {
      innermost = multi.parts().getFirst();
      depth++;
    }
    assertThat(depth).isEqualTo(PartTree.MAX_DEPTH);
    assertThat(innermost.fields().type()).isEqualTo("application");
  }

  @Test
  void messagesInMessagesStopAtTheDepthLimit() {
    var innermost = scan("Content-Type: message/rfc822\r\n\r\n".repeat(100)).summary().body();
    int depth = 1;
    while (innermost instanceof Embedded embedded) {
      innermost = embedded.body();
      depth++;
    }
    assertThat(depth).isEqualTo(PartTree.MAX_DEPTH);
    assertThat(innermost.fields().type()).isEqualTo("application");
  }

  @Test
  void partsBeyondTheLimitAreLeftOut() {
    for (int wanted : new int[] {PartTree.MAX_PARTS - 1, PartTree.MAX_PARTS, 5000}) {
      var message =
          new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n")
              .repeat("--b\r\n\r\nx\r\n", wanted)
              .append("--b--\r\n");
      var multi = (Multi) scan(message.toString()).summary().body();
      assertThat(multi.parts()).hasSize(Math.min(wanted, PartTree.MAX_PARTS));
      assertThat(multi.parts().getLast().extent().bodySize()).isEqualTo(1);
    }
  }

  @Test
  void headersOfManyPartsAreReadUpToTheirLimit() {
    var bigHeader = "Content-Type: image/png\r\nContent-Description: " + "d".repeat(60_000);
    var message =
        new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n")
            .repeat("--b\r\n" + bigHeader + "\r\n\r\nx\r\n", 500)
            .append("--b--\r\n");
    var summary = scan(message.toString()).summary();
    assertThat(((Multi) summary.body()).parts()).hasSize(500);
    assertThat(summary.encode().length).isLessThan(500_000);
    assertThat(MessageSummary.decode(summary.encode())).isEqualTo(summary);
  }

  @Test
  void everyWellFormedPartIsFoundAgain() {
    var message =
        new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n")
            .append(
                IntStream.range(0, 50)
                    .mapToObj(i -> "--b\r\nContent-ID: <" + i + ">\r\n\r\npart " + i + "\r\n")
                    .collect(java.util.stream.Collectors.joining()))
            .append("--b--")
            .toString();
    for (int i = 0; i < 50; i++) {
      assertThat(body(message, i + 1)).isEqualTo("part " + i);
      assertThat(part(message, i + 1).fields().id()).isEqualTo("<" + i + ">");
    }
  }

  @Test
  void aSummaryComesBackFromItsEncodedForm() {
    for (var message : List.of(MIXED, "", "Subject: caf\u00e9\r\n\r\n\0\0", "\r\n--x")) {
      var summary = scan(message).summary();
      assertThat(MessageSummary.decode(summary.encode())).isEqualTo(summary);
    }
    assertThat(scan(MIXED).summary().encode().length).isLessThan(700);
  }
}
