package dev.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.DnsServer;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The first day of a hosting customer, with clients and servers that nobody here wrote. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpeningDayIT {
  private DnsServer dns;
  private Demo demo;
  @TempDir private Path work;

  @BeforeAll
  void open() throws IOException {
    dns = DnsServer.start();
    dns.mx("remote.test", 10, "sink.remote.test");
    dns.address("sink.remote.test", SmtpSink.ADDRESS);
    demo =
        new Demo(
                "demo-opening",
                "postroom.dns.servers=" + dns.address(),
                "postroom.outbound.port=" + SmtpSink.PORT,
                "postroom.directory.destinations.confirmation=false",
                "postroom.queue.retry-pauses=1s",
                "postroom.queue.rest-after-failure=1s")
            .startAfresh();
  }

  @AfterAll
  void close() {
    if (demo != null) {
      demo.close();
    }
    dns.close();
  }

  @Test
  void aMailWithAnAttachmentIsReadAsItWasSent() throws Exception {
    var ann = demo.mailbox(0);
    var pdf = new byte[300_000];
    new Random(7).nextBytes(pdf);
    var file = Files.write(work.resolve("invoice.pdf"), pdf);

    Shell.run(
            "swaks",
            "--server",
            "127.0.0.1",
            "--port",
            "" + demo.port("smtp"),
            "--tls",
            "--from",
            "shop@sender.test",
            "--to",
            ann.address(),
            "--header",
            "Subject: invoice",
            "--attach-type",
            "application/pdf",
            "--attach",
            "@" + file)
        .succeeded();

    var overPop3 = Shell.run(curl("pop3s", ann, "/1")).succeeded().output();
    assertThat(attachment(overPop3)).isEqualTo(pdf);
    var maildir = mbsync(ann);
    assertThat(maildir).hasSize(1);
    // the one line is mbsync's own
    assertThat(
            Files.readString(maildir.getFirst(), StandardCharsets.ISO_8859_1)
                .replaceFirst("(?m)^X-TUID: .*\n", ""))
        .isEqualTo(overPop3.replace("\r\n", "\n"));
  }

  @Test
  void aMailClientSendsThroughSubmissionWithALogin() throws Exception {
    var ben = demo.mailbox(1);
    var cho = demo.mailbox(2);
    var settings =
        Files.writeString(
            work.resolve("neomuttrc"),
            """
            set from = "%1$s"
            set envelope_from = yes
            set smtp_url = "smtp://%1$s@localhost:%2$d/"
            set smtp_pass = "%3$s"
            set smtp_authenticators = "plain"
            set ssl_starttls = yes
            set ssl_force_tls = yes
            set certificate_file = "%4$s"
            set record = ""
            """
                .formatted(ben.address(), demo.port("submission"), ben.password(), demo.ca()));
    Shell.run(
            new ByteArrayInputStream("How are you?\n".getBytes(StandardCharsets.US_ASCII)),
            List.of(
                "neomutt", "-n", "-F", settings.toString(), "-s", "from neomutt", cho.address()))
        .succeeded();

    assertThat(Maildrop.read(demo, cho))
        .anySatisfy(text -> assertThat(text).contains("Subject: from neomutt", "How are you?"));
  }

  @Test
  void aForwarderReachesTheMailboxHereAtOnceAndTheServerElsewhereWhenItIsBack() throws Exception {
    var cho = demo.mailbox(2);
    forwarder("beta.test", "all", cho.address(), "friend@remote.test");
    Shell.run(
            "swaks",
            "--server",
            "127.0.0.1",
            "--port",
            "" + demo.port("smtp"),
            "--from",
            "shop@sender.test",
            "--to",
            "all@beta.test",
            "--header",
            "Subject: for both",
            "--body",
            "good news")
        .succeeded();

    assertThat(Maildrop.read(demo, cho))
        .anySatisfy(text -> assertThat(text).contains("Subject: for both"));
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(queue()).contains("friend@remote.test", "connection refused"));
    try (var sink = SmtpSink.start()) {
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(sink.messages())
                      .singleElement()
                      .asString()
                      .contains("Subject: for both", "good news", "friend@remote.test"));
    }
  }

  @Test
  void aRefusedMailComesBackWithReasonsThatAPersonCanRead() throws Exception {
    var ann = demo.mailbox(0);
    try (var _ = SmtpSink.start("-f", "RCPT")) {
      Shell.run(
              "swaks",
              "--server",
              "127.0.0.1",
              "--port",
              "" + demo.port("submissions"),
              "--tls-on-connect",
              "--auth",
              "PLAIN",
              "--auth-user",
              ann.address(),
              "--auth-password",
              ann.password(),
              "--from",
              ann.address(),
              "--to",
              "nobody@remote.test",
              "--header",
              "Subject: to nobody")
          .succeeded();
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(Maildrop.read(demo, ann))
                      .anySatisfy(
                          text ->
                              assertThat(text)
                                  .contains("multipart/report", "nobody@remote.test", "to nobody")
                                  .containsPattern("(?m)^Return-Path: <>")));
    }
  }

  private void forwarder(String domain, String local, String... targets) throws Exception {
    var json = "{\"targets\": [\"" + String.join("\", \"", targets) + "\"]}";
    Shell.run(
            "curl",
            "-sSf",
            "-X",
            "PUT",
            "-H",
            authorization(),
            "-H",
            "Content-Type: application/json",
            "--data",
            json,
            api("/domains/" + domain + "/forwarders/" + local))
        .succeeded();
  }

  private String queue() throws Exception {
    return Shell.run("curl", "-sSf", "-H", authorization(), api("/queue")).succeeded().output();
  }

  private String authorization() {
    return "Authorization: Bearer " + demo.account("customer").get("token").asText();
  }

  private String api(String path) {
    return "http://127.0.0.1:" + demo.port("http") + "/api/v1" + path;
  }

  private String[] curl(String scheme, Demo.Login login, String path) {
    return new String[] {
      "curl",
      "-sS",
      "--cacert",
      demo.ca(),
      "--user",
      login.address() + ":" + login.password(),
      scheme + "://localhost:" + demo.port(scheme) + path
    };
  }

  /** The files of the Maildir that mbsync has made of INBOX. */
  private List<Path> mbsync(Demo.Login login) throws Exception {
    var maildir = Files.createDirectories(work.resolve("maildir"));
    var settings =
        Files.writeString(
            work.resolve("mbsyncrc"),
            """
            IMAPStore far
            Host localhost
            Port %d
            User %s
            Pass %s
            SSLType IMAPS
            CertificateFile %s

            MaildirStore near
            Path %s/
            Inbox %s/INBOX

            Channel mail
            Far :far:
            Near :near:
            Patterns INBOX
            Create Near
            SyncState *
            """
                .formatted(
                    demo.port("imaps"),
                    login.address(),
                    login.password(),
                    demo.ca(),
                    maildir,
                    maildir));
    Shell.run("mbsync", "-c", settings.toString(), "-a").succeeded();
    try (var files = Files.walk(maildir.resolve("INBOX"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> List.of("new", "cur").contains(f.getParent().getFileName().toString()))
          .toList();
    }
  }

  private static byte[] attachment(String message) throws Exception {
    var parsed =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
    var parts = (MimeMultipart) parsed.getContent();
    for (int i = 0; i < parts.getCount(); i++) {
      if (parts.getBodyPart(i).isMimeType("application/pdf")) {
        return parts.getBodyPart(i).getInputStream().readAllBytes();
      }
    }
    throw new AssertionError("no PDF in the message");
  }
}
