package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.message.HeaderText;
import dev.postroom.message.MessageScanner;
import dev.postroom.message.MessageSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mail that is made to be a burden: what the server keeps and says of it stays small. */
class MessageLimitsTest {
  /** A hundred times what it takes on an idle machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MAX_STRUCTURE = 2 * 1024 * 1024;
  private static final int MAX_SUMMARY = 1024 * 1024;

  /** Takes a piece of the message. */
  private interface Message extends Consumer<Consumer<String>> {}

  private static Arguments hostile(String what, Message message) {
    return Arguments.of(what, message);
  }

  private static void times(int count, Runnable piece) {
    for (int i = 0; i < count; i++) {
      piece.run();
    }
  }

  static Stream<Arguments> hostileMessages() {
    return Stream.of(
        hostile(
            "10,000 levels of multipart",
            out -> {
              for (int i = 0; i < 10_000; i++) {
                out.accept(
                    "Content-Type: multipart/x; boundary=b%d\r\n\r\n--b%d\r\n".formatted(i, i));
              }
            }),
        hostile(
            "10,000 levels of multipart with the same boundary",
            out ->
                times(
                    10_000,
                    () -> out.accept("Content-Type: multipart/x; boundary=b\r\n\r\n--b\r\n"))),
        hostile(
            "10,000 messages in messages",
            out -> times(10_000, () -> out.accept("Content-Type: message/rfc822\r\n\r\n"))),
        hostile(
            "100,000 parts",
            out -> {
              out.accept("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
              times(100_000, () -> out.accept("--b\r\nContent-Type: a/b; c=d\r\n\r\nx\r\n"));
            }),
        hostile(
            "100,000 messages side by side, each with addresses",
            out -> {
              out.accept("Content-Type: multipart/digest; boundary=b\r\n\r\n");
              times(100_000, () -> out.accept("--b\r\n\r\nFrom: a,a,a,a,a,a,a,a,a,a\r\n\r\nx\r\n"));
            }),
        hostile(
            "a header field of 8 MB",
            out -> {
              out.accept("Subject: ");
              times(1000, () -> out.accept("x".repeat(8000)));
            }),
        hostile("a million header fields", out -> times(1_000_000, () -> out.accept("A: b\r\n"))),
        hostile(
            "a million addresses",
            out -> {
              out.accept("From: ");
              times(1_000_000, () -> out.accept("a,"));
            }),
        hostile(
            "a million groups",
            out -> {
              out.accept("To: ");
              times(1_000_000, () -> out.accept("a:;"));
            }),
        hostile(
            "an address list of open parentheses",
            out -> {
              out.accept("From: ");
              times(1000, () -> out.accept("(".repeat(1000)));
            }),
        hostile(
            "parameters without end",
            out -> {
              out.accept("Content-Type: multipart/mixed");
              for (int i = 0; i < 100_000; i++) {
                out.accept("; boundary*" + i + "=\"\\\"\\\"\"");
              }
            }),
        hostile(
            "a long line of hyphens",
            out -> {
              out.accept("Content-Type: multipart/mixed; boundary=-\r\n\r\n");
              times(1000, () -> out.accept("-".repeat(8000)));
            }),
        hostile(
            "a million lines that are nearly delimiters",
            out -> {
              out.accept("Content-Type: multipart/mixed; boundary=bbbbbbbbbbbbbbbb\r\n\r\n");
              times(1_000_000, () -> out.accept("--bbbbbbbbbbbbbbbc\r\n"));
            }),
        hostile(
            "quotes that are doubled when they are written",
            out -> {
              out.accept("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
              times(
                  1000,
                  () ->
                      out.accept("--b\r\nContent-Description: " + "\"".repeat(1000) + "\r\n\r\n"));
            }),
        hostile("nothing but line ends", out -> times(1000, () -> out.accept("\n".repeat(8000)))),
        hostile("nothing but bare CR", out -> times(1000, () -> out.accept("\r".repeat(8000)))),
        hostile("nothing but NUL", out -> times(1000, () -> out.accept("\0".repeat(8000)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileMessages")
  void whatIsKeptAndSaidStaysSmall(String what, Message message) {
    assertTimeout(
        PATIENCE,
        () -> {
          var scanner = new MessageScanner();
          message.accept(
              text -> {
                var octets = text.getBytes(StandardCharsets.ISO_8859_1);
                scanner.write(octets, 0, octets.length);
              });
          var summary = scanner.finish().summary();
          var kept = summary.encode();
          assertThat(kept.length).isLessThan(MAX_SUMMARY);
          check(MessageSummary.decode(kept));
        });
  }

  private static void check(MessageSummary summary) throws IOException {
    var octets = new ByteArrayOutputStream();
    var out = new ResponseWriter(octets::write);
    new StructureWriter(out).envelope(summary.envelope());
    out.flush();
    assertThat(octets.size()).isLessThan(MAX_STRUCTURE);
    ResponseGrammar.envelope(octets.toByteArray());
    octets.reset();
    new StructureWriter(out).part(summary.body(), true);
    out.flush();
    assertThat(octets.size()).isLessThan(MAX_STRUCTURE);
    ResponseGrammar.body(octets.toByteArray(), true);
  }

  @Test
  void encodedWordsTakeNoLongerThanTheirLength() {
    for (var unit : new String[] {"=?", "=?a?b?", "=?x?Q?a?= ", "=?utf-8?b?!!?=", "=?a?q?"}) {
      var text = unit.repeat(64 * 1024 / unit.length());
      assertTimeout(PATIENCE, () -> HeaderText.decodeWords(text));
    }
  }

  @Test
  void longValuesAreDecodedToTheirEnd() {
    var word = "=?utf-8?q?=C3=A4?=";
    var text = "a, %s, ".formatted(word).repeat(2000);
    assertThat(HeaderText.decodeWords(text)).isEqualTo("a, \u00e4, ".repeat(2000));
  }
}
