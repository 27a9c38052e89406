package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.AnyMessages;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Commands as nobody should send them, and messages likewise, over a real connection. The server
 * answers or says BYE; it never falls silent, and it never finds a fault of its own. {@code
 * -Dpostroom.fuzz.seconds=600} goes on for longer.
 */
@PostroomTest
class AnyCommandTest {
  private static final List<String> COMMANDS =
      List.of(
          "NOOP",
          "CAPABILITY",
          "ID (\"name\" \"x\" \"version\" NIL)",
          "ENABLE UTF8=ACCEPT CONDSTORE",
          "SELECT INBOX",
          "EXAMINE \"Sent\"",
          "CREATE Entw&APw-rfe",
          "RENAME x y",
          "SUBSCRIBE Sent",
          "LIST (SUBSCRIBED) \"\" (INBOX \"%\" S*) RETURN (CHILDREN STATUS (MESSAGES UIDNEXT))",
          "LSUB \"\" *",
          "STATUS INBOX (MESSAGES UNSEEN SIZE APPENDLIMIT)",
          "NAMESPACE",
          "GETQUOTAROOT INBOX",
          "SETMETADATA INBOX (/private/comment {3+}\r\nabc)",
          "APPEND INBOX (\\Seen $x) \" 1-Feb-2026 00:30:00 +0100\" {16+}\r\nSubject: one\r\n\r\n",
          "APPEND INBOX {16+}\r\nSubject: two\r\n\r\n ~{16+}\r\nSubject: six\r\n\r\n",
          "APPEND INBOX CATENATE (URL \"/INBOX/;UID=1\" TEXT {3+}\r\nabc URL {7+}\r\n/;UID=1)",
          "APPEND INBOX UTF8 (~{16+}\r\nSubject: ten\r\n\r\n)",
          "REPLACE 1 INBOX {16+}\r\nSubject: old\r\n\r\n",
          "UID REPLACE 3 INBOX CATENATE (TEXT {2+}\r\nab)",
          "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)",
          "FETCH 1,2,* (BODY.PEEK[1.2.MIME]<0.5> BODY[HEADER.FIELDS.NOT (TO \"x\")] BINARY[1])",
          "UID FETCH 1:4 (PREVIEW (LAZY) BINARY.SIZE[1] BINARY.PEEK[]<1.2> RFC822.TEXT)",
          "FETCH 1 FULL",
          "STORE 1:2 +FLAGS.SILENT (\\Deleted x)",
          "UID STORE 1:* -FLAGS \\Seen",
          "SEARCH CHARSET UTF-8 OR (SUBJECT {3+}\r\none NOT SEEN) 1:* LARGER 3 SINCE 1-Jan-2026",
          "UID SEARCH RETURN (MIN MAX COUNT) HEADER \"x\" \"\" UID 1:5 TEXT \"y\"",
          "COPY 1:* Sent",
          "UID MOVE 1 Drafts",
          "EXPUNGE",
          "UID EXPUNGE 1:*",
          "CHECK",
          "CLOSE",
          "UNSELECT",
          "LOGIN x y",
          "AUTHENTICATE PLAIN =");

  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "\"",
          "\\",
          " ",
          "{3}\r\n",
          "{3+}\r\nabc",
          "~{2+}\r\n\0\0",
          "{0+}\r\n",
          "NIL",
          "*",
          "%",
          "1:*",
          ",",
          "0",
          "4294967296",
          "[",
          "]",
          "<",
          ">",
          "\0",
          "\r",
          "\n",
          "\r\n",
          "\u00e4",
          "\u00c3\u00a4",
          "&",
          "&-",
          "&AOQ-",
          "$",
          "{99999999999+}\r\n",
          "{2000+}\r\n");

  @Inject TestSessions sessions;

  private static long seconds() {
    return Long.getLong("postroom.fuzz.seconds", 4);
  }

  private ImapClient signedIn(String login) throws IOException {
    var client =
        sessions.connectWith(
            "postroom.imap.plaintext-login", "true", "postroom.imap.max-bad-commands", "1000000");
    assertThat(client.send(login).isOk()).isTrue();
    client.send("SELECT INBOX");
    return client;
  }

  @Test
  void theServerAnswersWhateverItIsSent() throws IOException {
    long seed = Long.getLong("postroom.fuzz.seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    var login = sessions.login();
    var end = Instant.now().plus(Duration.ofSeconds(seconds()));
    var client = signedIn(login);
    int count = 0;
    for (; Instant.now().isBefore(end); count++) {
      var command = mutated(random);
      try {
        if (!survives(client, command, count)) {
          client.close();
          client = signedIn(login);
        }
      } catch (AssertionError | IOException failed) {
        throw new AssertionError("seed " + seed + ", command " + count + ": " + command, failed);
      }
    }
    client.close();
    assertThat(count).isGreaterThan(20);
  }

  /** Whether the conversation goes on: not when the server has said BYE. */
  private static boolean survives(ImapClient client, String command, int count) throws IOException {
    client.write("f" + count + " " + command + "\r\n");
    var answer = "n" + count;
    // What is left of a literal takes this in; a line or two of it is a command in the end.
    client.write(("x".repeat(70) + "\r\n").repeat(30) + "DONE\r\n" + answer + " NOOP\r\n");
    boolean bye = false;
    try {
      while (true) {
        var response = client.response();
        assertThat(response).doesNotContain("SERVERBUG");
        bye |= response.startsWith("* BYE");
        if (response.startsWith(answer + " OK")) {
          return true;
        }
      }
    } catch (EOFException closed) {
      assertThat(bye).as("BYE comes first").isTrue();
      return false;
    }
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
        case 4 -> text.append(' ').append(COMMANDS.get(random.nextInt(COMMANDS.size())));
        default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    // Literals that are longer than what follows, and not too long to be taken, would be waited
    // for.
    return text.toString().replaceAll("\\{(\\d{3})\\d{1,6}(?!\\d)", "{$1");
  }

  @Test
  void aMessageComesBackAsItWas() throws IOException {
    long seed = Long.getLong("postroom.fuzz.seed", System.nanoTime());
    var messages = new AnyMessages(new SplittableRandom(seed));
    var end = Instant.now().plus(Duration.ofSeconds(seconds()));
    try (var client = signedIn(sessions.login())) {
      for (int number = 1; Instant.now().isBefore(end); number++) {
        var message = new String(messages.next(), StandardCharsets.ISO_8859_1);
        if (message.isEmpty()) {
          message = "\r\n";
        }
        var appended = client.send("APPEND INBOX ~{" + message.length() + "+}\r\n" + message);
        assertThat(appended.completion()).as("seed %d", seed).startsWith("OK");
        check(client, number, message, seed);
      }
    }
  }

  private static void check(ImapClient client, int number, String message, long seed)
      throws IOException {
    var whole = client.send("FETCH " + number + " (BODY.PEEK[] RFC822.SIZE)");
    assertThat(whole.untagged())
        .as("seed %d, message %d", seed, number)
        .containsExactly(
            "* %d FETCH (BODY[] {%d}\r\n%s RFC822.SIZE %d)"
                .formatted(number, message.length(), message, message.length()));
    var items =
        "(ENVELOPE BODY BODYSTRUCTURE PREVIEW BODY.PEEK[HEADER] BODY.PEEK[TEXT] BODY.PEEK[1]"
            + " BODY.PEEK[1.MIME] BODY.PEEK[1.1] BODY.PEEK[HEADER.FIELDS (TO)] BINARY.SIZE[1])";
    var parts = client.send("FETCH " + number + " " + items);
    assertThat(parts.completion())
        .as("seed %d, message %d", seed, number)
        .containsPattern("^(OK|NO \\[UNKNOWN-CTE])");
  }
}
