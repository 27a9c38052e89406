package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the socket into the mailbox. */
@PostroomTest
class SmtpDeliveryTest {
  private static final int LIMIT = 50 * 1024 * 1024; // postroom.smtp.max-message-size
  private static final long MEGABYTE = 1024 * 1024;
  private static final long SAMPLE_NANOS = 300_000_000;

  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Listeners listeners;
  @Inject Inboxes inboxes;
  @TempDir Path folder;

  private DomainInfo domain;
  private String name;
  private long ann;

  @BeforeEach
  void makeMailbox() {
    domain = fixtures.domain();
    name = domain.name().ascii();
    ann = fixtures.mailbox(domain, "ann").id();
  }

  private int port(Service service) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(service.label()))
        .findFirst()
        .orElseThrow()
        .port();
  }

  private Talk receiving() throws IOException {
    return Talk.with(port(Service.RECEIVING));
  }

  private static void begin(Talk talk, String... recipients) throws IOException {
    talk.expect(250, "EHLO there.test");
    talk.expect(250, "MAIL FROM:<me@there.test>");
    for (String recipient : recipients) {
      talk.expect(250, "RCPT TO:<" + recipient + ">");
    }
    talk.expect(354, "DATA");
  }

  @Test
  void theMessageIsStoredAsItWasSentBelowItsTraceFields() throws IOException {
    try (var talk = receiving()) {
      begin(talk, "ann@" + name);
      talk.expect(250, "Subject: x\r\n\r\n..dot\r\n..\r\n\tend \r\n\r\n.");
    }
    assertThat(inboxes.newest(ann))
        .matches(
            "Return-Path: <me@there\\.test>\r\n"
                + "Received: from there\\.test \\(\\[127\\.0\\.0\\.1]\\)\r\n"
                + "\tby mail\\.postroom\\.test with ESMTP id [0-9a-z]{16}\r\n"
                + "\tfor <ann@alpha-\\d+\\.test>; \\w{3}, \\d+ \\w{3} \\d{4} [0-9:]{8} \\+0000\r\n"
                + "Subject: x\r\n\r\n\\.dot\r\n\\.\r\n\tend \r\n\r\n");
  }

  @Test
  void severalRecipientsAreNotToldOfEachOther() throws IOException {
    long ben = fixtures.mailbox(domain, "ben").id();
    try (var talk = receiving()) {
      begin(talk, "ann@" + name, "ben@" + name);
      talk.expect(250, "Subject: x\r\n\r\n.");
    }
    assertThat(inboxes.newest(ben)).doesNotContain("ann@", "ben@", "for <");
    assertThat(inboxes.newest(ann)).isEqualTo(inboxes.newest(ben));
  }

  @Test
  void aForwarderAndItsTargetGetOneCopyTogether() throws IOException {
    fixtures.forwarder(domain, "team", "ann@" + name);
    try (var talk = receiving()) {
      begin(talk, "ann@" + name, "team@" + name, "ANN@" + name);
      talk.expect(250, "Subject: x\r\n\r\n.");
    }
    assertThat(inboxes.count(ann)).isEqualTo(1);
  }

  @Test
  void chunksMakeOneMessageInWhichDotsMeanNothing() throws IOException {
    try (var talk = receiving()) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<me@there.test>");
      talk.expect(250, "RCPT TO:<ann@" + name + ">");
      // RFC 3030 §2: cut anywhere, between CR and LF too
      talk.send("BDAT 13\r\nSubject: x\r\n\rBDAT 6\r\n\n.\r\n..");
      assertThat(talk.hear().code()).isEqualTo(250);
      assertThat(talk.hear().code()).isEqualTo(250);
      talk.send("BDAT 11 LAST\r\n\r\na\nb\rc\r\n.\r");
      assertThat(talk.hear().code()).isEqualTo(250);
      talk.expect(250, "NOOP");
    }
    assertThat(inboxes.newest(ann)).endsWith("Subject: x\r\n\r\n.\r\n..\r\na\r\nb c\r\n. ");
  }

  @Test
  void smuggledMessagesStayInsideTheOneThatCarriesThem() throws IOException {
    try (var talk = receiving()) {
      begin(talk, "ann@" + name);
      talk.send("Subject: x\r\n\r\na\n.\nMAIL FROM:<>\r\nRCPT TO:<ann@" + name + ">\r\nDATA\r\nb");
      talk.expect(250, "\r\n.\n\r\n.");
      talk.expect(250, "NOOP");
    }
    assertThat(inboxes.count(ann)).isEqualTo(1);
    assertThat(inboxes.newest(ann))
        .endsWith(
            "\r\n\r\na\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<ann@"
                + name
                + ">\r\nDATA\r\nb\r\n\r\n\r\n");
  }

  @Test
  void aThousandRecipientsGetItAndOneMoreIsAskedToWait() throws IOException {
    var ids = new ArrayList<Long>();
    for (int i = 0; i < 1000; i++) {
      ids.add(mailboxes.create(Viewer.SERVER, domain.id(), "u" + i, "", null).id());
    }
    try (var talk = receiving()) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<>");
      for (int i = 0; i < 1000; i++) {
        talk.send("RCPT TO:<u" + i + "@" + name + ">\r\n");
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(talk.hear().code()).isEqualTo(250);
      }
      assertThat(talk.say("RCPT TO:<ann@" + name + ">").toString()).startsWith("452 4.5.3 ");
      talk.expect(354, "DATA");
      talk.expect(250, "Subject: all of you\r\n\r\n.");
    }
    assertThat(ids).allSatisfy(id -> assertThat(inboxes.count(id)).isEqualTo(1));
    assertThat(inboxes.count(ann)).isZero();
  }

  /** A message of that many octets: lines of 100. */
  private static void sendMessage(Talk talk, int octets) throws IOException {
    byte[] line = ("x".repeat(98) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] head = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    talk.out().write(head);
    int left = octets - head.length;
    while (left >= 2 * line.length) {
      talk.out().write(line);
      left -= line.length;
    }
    talk.send("y".repeat(left - 2) + "\r\n");
  }

  @Test
  void theSizeLimitIsExactAndCostsNoHeap() throws Exception {
    try (var talk = receiving()) {
      begin(talk, "ann@" + name);
      long growth =
          heapGrowthDuring(
              () -> {
                sendMessage(talk, LIMIT);
                talk.expect(250, ".");
              });
      assertThat(growth).isLessThan(20 * MEGABYTE);
      assertThat(inboxes.messages(ann).getLast().size()).isBetween(LIMIT + 100L, LIMIT + 1000L);

      talk.expect(250, "MAIL FROM:<me@there.test>");
      talk.expect(250, "RCPT TO:<ann@" + name + ">");
      talk.expect(354, "DATA");
      sendMessage(talk, LIMIT + 1);
      assertThat(talk.say(".").toString()).startsWith("552 5.3.4 ");
      talk.expect(250, "NOOP");
    }
    assertThat(inboxes.count(ann)).isEqualTo(1);
  }

  /** Some work that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** The most live memory while it runs, beyond what lived before: garbage is collected first. */
  private static long heapGrowthDuring(Work work) throws Exception {
    long before = liveHeap();
    var most = new AtomicLong(before);
    var done = new AtomicBoolean();
    var sampler =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    most.accumulateAndGet(liveHeap(), Math::max);
                    LockSupport.parkNanos(SAMPLE_NANOS);
                  }
                });
    try {
      work.run();
    } finally {
      done.set(true);
      sampler.join();
    }
    return most.get() - before;
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void swaksDeliversAnAttachmentByteForByte() throws Exception {
    var pdf = new byte[300_000];
    new Random(7).nextBytes(pdf);
    var file = Files.write(folder.resolve("offer.pdf"), pdf);
    run(
        "swaks",
        "--server",
        "127.0.0.1:" + port(Service.RECEIVING),
        "--tls",
        "--from",
        "me@there.test",
        "--to",
        "ann@" + name,
        "--attach-type",
        "application/pdf",
        "--attach",
        "@" + file);
    var message = inboxes.newest(ann);
    assertThat(message).contains(" with ESMTPS id ", "(using TLSv1.3 TLS_");
    int start = message.indexOf("\r\n\r\n", message.indexOf("Content-Type: application/pdf")) + 4;
    int end = message.indexOf("\r\n--", start);
    assertThat(Base64.getMimeDecoder().decode(message.substring(start, end))).isEqualTo(pdf);
  }

  @Test
  void aSubmittedMessageIsCompletedAndSaysHowItCame() throws IOException {
    var trust = PostroomServer.certificates().clientContext();
    long ben = fixtures.mailbox(domain, "ben").id();
    try (var talk = Talk.overTls(port(Service.SUBMISSIONS), trust)) {
      talk.expect(250, "EHLO [127.0.0.1]");
      var login = "\0ann@" + name + "\0" + Fixtures.PASSWORD;
      talk.expect(
          235,
          "AUTH PLAIN "
              + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
      talk.expect(250, "MAIL FROM:<ann@" + name + ">");
      talk.expect(250, "RCPT TO:<ben@" + name + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "Subject: x\r\nBcc: cho@" + name + "\r\n\r\nbody\r\n.");
    }
    assertThat(inboxes.newest(ben))
        .contains("by mail.postroom.test with ESMTPSA id ")
        .contains("\r\nDate: ", "\r\nMessage-ID: <", "\r\nFrom: ann@" + name + "\r\n")
        .doesNotContain("Bcc")
        .endsWith("Subject: x\r\n\r\nbody\r\n");
  }

  @Test
  void nothingIsLostUnderLoad() throws Exception {
    var recipients = new ArrayList<Long>(List.of(ann));
    for (int i = 0; i < 20; i++) {
      recipients.add(fixtures.mailbox(domain, "load" + i).id());
    }
    // one run to the same mailbox, one to many
    smtpSource("-m", "500", "-t", "ann@" + name);
    for (int i = 0; i < 5; i++) {
      smtpSource("-m", "300", "-t", "load" + i + "@" + name);
    }
    long stored = 0;
    for (long id : recipients) {
      stored += inboxes.count(id);
    }
    assertThat(stored).isEqualTo(2000);
  }

  private void smtpSource(String... options) throws Exception {
    var command =
        new ArrayList<>(
            List.of("/usr/sbin/smtp-source", "-s", "20", "-l", "4096", "-f", "me@there.test"));
    command.addAll(List.of(options));
    command.add("inet:127.0.0.1:" + port(Service.RECEIVING));
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
