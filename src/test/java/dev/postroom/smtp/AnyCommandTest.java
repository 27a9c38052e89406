package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Commands and messages as nobody should send them, over a real connection. The server answers or
 * says 421; it never falls silent, and it never finds a fault of its own. {@code
 * -Dpostroom.fuzz.seconds=600} goes on for longer. LMTP is SMTP with an impartial guard.
 */
@PostroomTest
class AnyCommandTest {
  private static final List<String> COMMANDS =
      List.of(
          "LHLO there.test",
          "EHLO [IPv6:2001:db8::1]",
          "MAIL FROM:<me@there.test> SIZE=1000 BODY=8BITMIME",
          "MAIL FROM:<> BODY=BINARYMIME SMTPUTF8 RET=HDRS ENVID=QQ+2B314159 BY=125;NT",
          "MAIL FROM:<\"a b\\\"c\"@[192.0.2.1]> REQUIRETLS HOLDFOR=60 MT-PRIORITY=-9 AUTH=<>",
          "MAIL FROM:<j\u00c3\u00b6rg@b\u00c3\u00bccher.test> SMTPUTF8 RET=FULL",
          "RCPT TO:<${ann}> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Bob+40there.test",
          "RCPT TO:<@one.test,@two.test:${ann}> ORCPT=utf-8;j\\x{F6}rg@there.test",
          "RCPT TO:<postmaster>",
          "DATA\r\nSubject: x\r\n\r\n..a\r\n.b\r\n.\r\n",
          "DATA\r\n.\r\n",
          "DATA\r\nSubject: y\n\r\n.\n.\r.\r\nRSET\r\n.\r\n",
          "BDAT 10 LAST\r\nSubject: z",
          "BDAT 5\r\na: b\r",
          "BDAT 1\r\n\n",
          "BDAT 0 LAST",
          "RSET",
          "NOOP x",
          "VRFY j\u00c3\u00b6rg SMTPUTF8",
          "EXPN all",
          "HELP mail",
          "AUTH PLAIN =");

  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "\"",
          "\\",
          " ",
          "=",
          "+",
          "+2B",
          "\\x{F6}",
          ";",
          ",",
          "@",
          ":",
          ".",
          "..",
          "\r\n.\r\n",
          "\r",
          "\n",
          "\r\n",
          "\0",
          "\t",
          "\u00c3\u00a4",
          "\u00e4",
          "\u00ff",
          "\u007f",
          "[",
          "]",
          "0",
          "99",
          "-",
          "SMTPUTF8",
          "LAST",
          "SIZE=",
          "xn--");

  @Inject Fixtures fixtures;
  @Inject Listeners listeners;

  private Talk talk() throws IOException {
    return Talk.with(
        listeners.all().stream()
            .filter(open -> open.endpoint().name().equals(Service.LMTP.label()))
            .findFirst()
            .orElseThrow()
            .port());
  }

  @Test
  void theServerAnswersWhateverItIsSent() throws IOException {
    long seed = Long.getLong("postroom.fuzz.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    var ann = fixtures.mailbox(fixtures.domain(), "ann").address().toString();
    var end = Instant.now().plus(Duration.ofSeconds(Long.getLong("postroom.fuzz.seconds", 4)));
    var talk = talk();
    int count = 0;
    for (; Instant.now().isBefore(end); count++) {
      var conversation = conversation(random).replace("${ann}", ann);
      try {
        if (!survives(talk, conversation, count)) {
          talk.close();
          talk = talk();
        }
      } catch (AssertionError | IOException failed) {
        throw new AssertionError("seed " + seed + ", " + count + ": " + conversation, failed);
      }
    }
    talk.close();
    assertThat(count).isGreaterThan(20);
  }

  /** Whether it goes on: not when the server has said 421. */
  private static boolean survives(Talk talk, String conversation, int count) throws IOException {
    talk.out().write(conversation.getBytes(StandardCharsets.ISO_8859_1));
    // what is left of a chunk takes this in; DATA ends with the dot
    talk.send("\r\n" + ("x".repeat(48) + "\r\n").repeat(3) + ".\r\nRSET\r\n");
    talk.send("HELP n" + count + "\r\n");
    try {
      while (true) {
        var reply = talk.hear();
        assertThat(reply.text()).doesNotContain("something went wrong", "storage", "database");
        if (reply.code() == 421) {
          return false;
        }
        if (reply.text().endsWith("no help about n" + count)) {
          return true;
        }
      }
    } catch (EOFException | java.net.SocketException closed) {
      throw new AssertionError("closed without 421", closed);
    }
  }

  private static String conversation(RandomGenerator random) {
    var text = new StringBuilder("LHLO a\r\n");
    if (random.nextBoolean()) {
      text.append("MAIL FROM:<me@there.test>");
      text.append(random.nextBoolean() ? " BODY=BINARYMIME SMTPUTF8\r\n" : "\r\n");
      text.append("RCPT TO:<${ann}>\r\n");
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(mutated(random)).append("\r\n");
    }
    // Chunks that are longer than what follows would be waited for, a handshake as well.
    return text.toString()
        .replaceAll("(?i)(BDAT\\s+\\d{2})\\d+", "$1")
        .replaceAll("(?i)STARTTLS", "NOOP");
  }

  private static String mutated(RandomGenerator random) {
    var text = new StringBuilder(COMMANDS.get(random.nextInt(COMMANDS.size())));
    for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        case 4 -> text.append(COMMANDS.get(random.nextInt(COMMANDS.size())));
        default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    var whole = text.toString();
    return whole.toUpperCase(Locale.ROOT).contains("QUIT") ? "NOOP" : whole;
  }
}
