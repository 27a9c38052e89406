package dev.postroom.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.Logins;
import dev.postroom.auth.Sasl;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.net.Listeners;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POP3 with real clients, and what they cannot show. */
@PostroomTest
class Pop3Test {
  @Inject Maildrops maildrops;
  @Inject Listeners listeners;
  @Inject Logins logins;
  @Inject Sasl sasl;
  @Inject MailStore store;
  @Inject Blobs blobs;
  @Inject MaildropLocks locks;
  @Inject MeterRegistry meters;
  @TempDir Path folder;

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Every octet but CR and LF, in lines of any length, many of them beginning with dots. */
  private static byte[] wildMessage(int lines) {
    var random = new Random(1939);
    var message = new StringBuilder("Subject: wild\r\n\r\n");
    for (int line = 0; line < lines; line++) {
      message.append(".".repeat(random.nextInt(3)));
      for (int length = random.nextInt(2000); length > 0; length--) {
        char character = (char) random.nextInt(256);
        message.append(character == '\r' || character == '\n' ? ' ' : character);
      }
      message.append("\r\n");
    }
    return octets(message.toString());
  }

  private byte[] curl(MailboxInfo mailbox, String scheme, int port, String path, String... more)
      throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "curl",
                "-sS",
                "--max-time",
                "20",
                "--cacert",
                PostroomServer.certificates().authorityFile().toString(),
                "--connect-to",
                "::127.0.0.1:" + port,
                "--user",
                mailbox.address() + ":" + Fixtures.PASSWORD,
                scheme + "://mail.postroom.test:" + port + "/" + path));
    command.addAll(Arrays.asList(more));
    var process = new ProcessBuilder(command).start();
    var output = process.getInputStream().readAllBytes();
    var complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(complaint).isZero();
    return output;
  }

  @Test
  void curlFetchesByteForByteOverTls() throws Exception {
    var message = wildMessage(2000);
    var mailbox = maildrops.with(message, octets("Subject: b\r\n\r\n.\r\n..\r\n"));
    assertThat(curl(mailbox, "pop3s", maildrops.port("pop3s"), "1")).isEqualTo(message);
    assertThat(curl(mailbox, "pop3s", maildrops.port("pop3s"), "2"))
        .isEqualTo(octets("Subject: b\r\n\r\n.\r\n..\r\n"));
    assertThat(curl(mailbox, "pop3", maildrops.port("pop3"), "1", "--ssl-reqd")).isEqualTo(message);
  }

  @Test
  void bareLineFeedsBecomeLineEndsAndAMissingLastOneIsAdded() throws Exception {
    var mailbox = maildrops.with("Subject: x\n\nbare\n.dot\r\nlone \r stays\n\nend");
    assertThat(curl(mailbox, "pop3s", maildrops.port("pop3s"), "1"))
        .isEqualTo(octets("Subject: x\r\n\r\nbare\r\n.dot\r\nlone \r stays\r\n\r\nend\r\n"));
  }

  @Test
  void whatIsListedIsWhatIsSentThoughLineEndsAreAdded() throws Exception {
    var bare = "Subject: x\n\nbare\n.dot\r\nlone \r stays\n\nend";
    var mailbox = maildrops.with(bare, "Subject: y\r\n\r\nwhole\r\n", bare);
    var sent = curl(mailbox, "pop3s", maildrops.port("pop3s"), "1").length;
    assertThat(sent).isEqualTo(bare.length() + 7);
    try (var session = login(mailbox)) {
      session.ask("PASS " + Fixtures.PASSWORD);
      assertThat(session.ask("LIST 1")).isEqualTo("+OK 1 " + sent);
      assertThat(session.ask("LIST 2")).isEqualTo("+OK 2 21");
      assertThat(session.ask("STAT")).isEqualTo("+OK 3 " + (2 * sent + 21));
      assertThat(session.ask("RETR 3")).isEqualTo("+OK " + sent + " octets");
    }
  }

  @Test
  void fetchmailFetchesEverythingAndLeavesNothing() throws Exception {
    var first = wildMessage(50);
    var mailbox = maildrops.with("Subject: one\r\n\r\n.\r\ntext\r\n", "Subject: two\r\n\r\nx\r\n");
    maildrops.deliver(mailbox, first);
    var configuration = folder.resolve("fetchmailrc");
    var target = folder.resolve("mail");
    Files.writeString(
        configuration,
        """
        poll 127.0.0.1 proto pop3 port %d uidl
          user "%s" password "%s"
          ssl sslcertck sslcertfile %s sslcommonname mail.postroom.test
          fetchall no rewrite mda "cat >> %s"
        """
            .formatted(
                maildrops.port("pop3s"),
                mailbox.address(),
                Fixtures.PASSWORD,
                PostroomServer.certificates().authorityFile(),
                target));
    Files.setPosixFilePermissions(
        configuration, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    var fetchmail =
        new ProcessBuilder(
                "fetchmail",
                "-f",
                configuration.toString(),
                "-i",
                folder + "/ids",
                "--pidfile",
                folder + "/pid",
                "--nosyslog",
                "-v")
            .redirectErrorStream(true)
            .start();
    var said = new String(fetchmail.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(fetchmail.waitFor()).as(said).isZero();
    var fetched = Files.readString(target, StandardCharsets.ISO_8859_1);
    assertThat(fetched).contains("Subject: one", "Subject: two", "Subject: wild");
    assertThat(store.usage(List.of(mailbox.id()))).containsEntry(mailbox.id(), Usage.EMPTY);
  }

  private Session login(MailboxInfo mailbox) throws IOException {
    var session = new Session(maildrops.port("pop3"));
    session.ask("USER " + mailbox.address());
    return session;
  }

  @Test
  void whoGoesWithoutQuitHasDeletedNothingAndGivesTheMaildropBack() throws Exception {
    var mailbox = maildrops.with("Subject: one\r\n\r\n", "Subject: two\r\n\r\n");
    try (var session = login(mailbox)) {
      assertThat(session.ask("PASS " + Fixtures.PASSWORD)).startsWith("+OK");
      assertThat(session.ask("DELE 1")).startsWith("+OK");
    }
    Awaitility.await()
        .untilAsserted(
            () -> {
              try (var again = login(mailbox)) {
                assertThat(again.ask("PASS " + Fixtures.PASSWORD)).startsWith("+OK");
                assertThat(again.ask("STAT")).startsWith("+OK 2 ");
              }
            });
  }

  @Test
  void mailThatComesDuringASessionIsSeenInTheNext() throws Exception {
    var mailbox = maildrops.with("Subject: one\r\n\r\n");
    try (var session = login(mailbox)) {
      session.ask("PASS " + Fixtures.PASSWORD);
      maildrops.deliver(mailbox, octets("Subject: two\r\n\r\n"));
      assertThat(session.ask("STAT")).startsWith("+OK 1 ");
      session.ask("DELE 1");
      assertThat(session.ask("QUIT")).startsWith("+OK");
    }
    try (var session = login(mailbox)) {
      session.ask("PASS " + Fixtures.PASSWORD);
      assertThat(session.ask("STAT")).startsWith("+OK 1 ");
      assertThat(session.ask("TOP 1 0")).startsWith("+OK");
      assertThat(session.line()).isEqualTo("Subject: two");
    }
  }

  @Test
  void whileTheDatabaseIsAwayEverythingIsAskedToComeBackLater() throws Exception {
    var mailbox = maildrops.with("Subject: one\r\n\r\n");
    try (var open = login(mailbox);
        var waiting = new Session(maildrops.port("pop3"))) {
      open.ask("PASS " + Fixtures.PASSWORD);
      open.ask("DELE 1");
      PostroomServer.database().kill();
      try {
        waiting.ask("USER " + mailbox.address());
        assertThat(waiting.ask("PASS " + Fixtures.PASSWORD)).startsWith("-ERR [SYS/TEMP]");
        assertThat(open.ask("QUIT")).startsWith("-ERR [SYS/TEMP]");
        assertThat(open.line()).isNull();
      } finally {
        PostroomServer.database().launch();
      }
      waiting.ask("USER " + mailbox.address());
      assertThat(waiting.ask("PASS " + Fixtures.PASSWORD)).startsWith("+OK");
      assertThat(waiting.ask("STAT")).startsWith("+OK 1 ");
    }
  }

  @Test
  void passwordsAreTakenOverTlsOnlyUnlessTheSettingsSayOtherwise() throws Exception {
    var mailbox = maildrops.with("Subject: one\r\n\r\n");
    var strict =
        Settings.of(
            Pop3Config.class,
            "postroom.pop3.failure-delay",
            "0s",
            "postroom.pop3.plaintext-login",
            "false");
    var services = new Pop3Session.Services(strict, logins, sasl, store, blobs, locks, meters);
    var port =
        listeners.open(
            new Listeners.Endpoint("pop3-strict", "127.0.0.1", 0, false),
            "",
            wire -> new Pop3Session(wire, services).hold());
    try (var session = new Session(port.port())) {
      assertThat(session.ask("USER " + mailbox.address())).contains("STLS first");
      assertThat(session.ask("PASS " + Fixtures.PASSWORD)).contains("STLS first");
      assertThat(session.ask("AUTH PLAIN AGFAYgBj")).contains("STLS first");
      assertThat(session.ask("CAPA")).startsWith("+OK");
      var capabilities = session.lines();
      assertThat(capabilities).contains("STLS").doesNotContain("USER");
      assertThat(capabilities).noneMatch(line -> line.startsWith("SASL"));
    }
    assertThat(curl(mailbox, "pop3", port.port(), "1", "--ssl-reqd"))
        .isEqualTo(octets("Subject: one\r\n\r\n"));
  }

  @Test
  void twentyPiecesOfNonsenseEndTheConnection() throws Exception {
    try (var session = new Session(maildrops.port("pop3"))) {
      for (int i = 0; i < 20; i++) {
        assertThat(session.ask("GET / HTTP/1.1")).isEqualTo("-ERR unknown command");
      }
      assertThat(session.line()).isNull();
    }
  }

  @Test
  void aLineThatIsTooLongIsAnsweredAndForgotten() throws Exception {
    try (var session = new Session(maildrops.port("pop3"))) {
      assertThat(session.ask("USER " + "x".repeat(Pop3Session.MAX_LINE)))
          .isEqualTo("-ERR that line is too long");
      assertThat(session.ask("QUIT")).isEqualTo("+OK goodbye");
    }
  }
}
