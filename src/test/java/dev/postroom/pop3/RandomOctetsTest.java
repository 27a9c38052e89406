package dev.postroom.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, its conversation ends, and nothing of it is left. */
@PostroomTest
class RandomOctetsTest {
  private static final int CONNECTIONS = 80;
  private static final String[] PIECES = {
    "USER ",
    "PASS ",
    "AUTH ",
    "SCRAM-SHA-256 ",
    "PLAIN ",
    "=",
    "biwsbj1hLHI9Yg==",
    "TOP 1 ",
    "RETR ",
    "LIST",
    "UIDL",
    "LANG ",
    "UTF8",
    "STLS",
    "CAPA",
    "AUTHENTICATE ",
    "a1 ",
    "{9999999999}",
    "{5+}",
    "*",
    "\r\n",
    "\r\n",
    "\r\n",
    "\n",
    "\0",
    "(",
    "\"",
    "\\",
    "COMPRESS DEFLATE",
    "LOGIN "
  };

  @Inject Maildrops maildrops;
  @Inject Listeners listeners;

  private static byte[] nonsense(Random random) {
    var text = new StringBuilder();
    for (int pieces = random.nextInt(60); pieces >= 0; pieces--) {
      if (random.nextInt(4) == 0) {
        text.append((char) random.nextInt(256));
      } else {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private int connections(String listener) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(listener))
        .mapToInt(Listeners.Open::connections)
        .sum();
  }

  private static void send(int port, byte[] first, byte[] octets) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(200);
      var out = socket.getOutputStream();
      out.write(first);
      out.flush();
      out.write(octets);
      out.flush();
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException _) {
      // the server may hang up first, or wait for a handshake
    }
  }

  private void allAreGone(String listener) {
    Awaitility.await().untilAsserted(() -> assertThat(connections(listener)).isZero());
  }

  @Test
  void pop3EndsEveryConversation() throws Exception {
    var random = new Random(1939);
    for (int i = 0; i < CONNECTIONS; i++) {
      send(maildrops.port("pop3"), new byte[0], nonsense(random));
      send(maildrops.port("pop3s"), new byte[0], nonsense(random));
    }
    allAreGone("pop3");
    allAreGone("pop3s");
    var mailbox = maildrops.with("Subject: one\r\n\r\n");
    try (var session = new Session(maildrops.port("pop3"))) {
      session.ask("USER " + mailbox.address());
      assertThat(session.ask("PASS " + Fixtures.PASSWORD)).startsWith("+OK");
    }
  }

  @Test
  void imapEndsEveryConversationCompressedOnesToo() throws Exception {
    var random = new Random(4978);
    var mailbox = maildrops.with("Subject: one\r\n\r\n");
    var login =
        "a LOGIN " + mailbox.address() + " " + Fixtures.PASSWORD + "\r\nb COMPRESS DEFLATE\r\n";
    for (int i = 0; i < CONNECTIONS; i++) {
      send(maildrops.port("imap"), new byte[0], nonsense(random));
      send(maildrops.port("imap"), login.getBytes(StandardCharsets.US_ASCII), nonsense(random));
    }
    allAreGone("imap");
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("imap-"))
            .count();
    assertThat(threads).isZero();
  }
}
