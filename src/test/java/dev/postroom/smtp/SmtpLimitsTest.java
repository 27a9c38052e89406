package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.auth.Sasl;
import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.BlobWriter;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.ServerConfig;
import dev.postroom.net.Listeners;
import dev.postroom.net.NetConfig;
import dev.postroom.net.VertxListeners;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Router;
import dev.postroom.routing.RoutingConfig;
import dev.postroom.routing.Submission;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import dev.postroom.tls.Certificates;
import dev.postroom.trace.Trace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions under other settings, and with parts that fail. */
@PostroomTest
class SmtpLimitsTest {
  private static final String GOODBYE = "421 4.7.0 too much goes wrong here; goodbye";

  @Inject Fixtures fixtures;
  @Inject Inboxes inboxes;
  @Inject Vertx vertx;
  @Inject Certificates certificates;
  @Inject SmtpServer server;
  @Inject Router router;
  @Inject Submission submission;
  @Inject Intake intake;
  @Inject ServerConfig serverConfig;
  @Inject Trace trace;
  @Inject Clock clock;
  @Inject RandomGenerator random;

  private VertxListeners listeners;
  private long ann;
  private String recipient;

  @BeforeEach
  void listen() {
    listeners =
        new VertxListeners(
            vertx, certificates, Settings.of(NetConfig.class), new SimpleMeterRegistry());
    var mailbox = fixtures.mailbox(fixtures.domain(), "ann");
    ann = mailbox.id();
    recipient = mailbox.address().toString();
  }

  @AfterEach
  void close() {
    listeners.close();
  }

  private Talk talk(String... settings) throws IOException {
    var config = Settings.of(SmtpConfig.class, settings);
    return talk(config, new Reception(intake, submission, config, serverConfig, clock));
  }

  private Talk talk(SmtpConfig config, Reception reception) throws IOException {
    var admission = new Admission(submission, router, config, trace, clock, random);
    return talk(config, admission, reception);
  }

  private Talk talk(SmtpConfig config, Admission admission, Reception reception)
      throws IOException {
    Sasl sasl = server.context().sasl();
    var log = server.context().log();
    var context =
        new SmtpSession.Context(
            config,
            serverConfig.hostname(),
            sasl,
            admission,
            reception,
            log,
            server.context().guard());
    var open =
        listeners.open(
            new Listeners.Endpoint("limits", "127.0.0.1", 0, false),
            "",
            wire -> new SmtpSession(wire, Service.RECEIVING, context).hold());
    return Talk.with(open.port());
  }

  private void begin(Talk talk) throws IOException {
    talk.expect(250, "HELO there.test");
    talk.expect(250, "MAIL FROM:<me@there.test>");
    talk.expect(250, "RCPT TO:<" + recipient + ">");
  }

  private static void assertClosed(Talk talk) {
    assertThatThrownBy(talk::hear).isInstanceOf(EOFException.class);
  }

  @Test
  void aSilentClientIsTakenLeaveOf() throws IOException {
    try (var talk = talk("postroom.smtp.idle-timeout", "200ms")) {
      assertThat(talk.hear().toString()).startsWith("421 4.4.2 ");
      assertClosed(talk);
    }
  }

  @Test
  void aMessageThatNeverEndsIsGivenUp() throws IOException {
    try (var talk = talk("postroom.smtp.data-timeout", "0s")) {
      begin(talk);
      talk.expect(354, "DATA");
      talk.send("Subject: x\r\n");
      assertThat(talk.hear().toString()).startsWith("421 4.4.2 ");
      assertClosed(talk);
    }
    assertThat(inboxes.count(ann)).isZero();
  }

  @Test
  void aMessageOfManyTimesTheLimitIsGivenUp() throws IOException {
    try (var talk = talk("postroom.smtp.max-message-size", "1000")) {
      begin(talk);
      talk.expect(354, "DATA");
      talk.send(("x".repeat(98) + "\r\n").repeat(40));
      talk.expect(552, ".");
      begin(talk);
      talk.expect(354, "DATA");
      talk.send(("x".repeat(98) + "\r\n").repeat(60));
      assertThat(talk.hear().toString()).startsWith("421 4.4.2 ");
      assertClosed(talk);
    }
  }

  @Test
  void theSizeLimitIsExactWhetherAnnouncedOrNot() throws IOException {
    try (var talk = talk("postroom.smtp.max-message-size", "100")) {
      begin(talk);
      talk.expect(354, "DATA");
      talk.expect(250, "x".repeat(98) + "\r\n.");
      begin(talk);
      talk.expect(354, "DATA");
      talk.expect(552, "x".repeat(99) + "\r\n.");
      talk.expect(250, "MAIL FROM:<> SIZE=100");
      talk.expect(250, "RSET");
      talk.expect(552, "MAIL FROM:<> SIZE=101");
    }
    assertThat(inboxes.count(ann)).isEqualTo(1);
  }

  @Test
  void theSizeLimitIsExactInChunks() throws IOException {
    try (var talk = talk("postroom.smtp.max-message-size", "100")) {
      begin(talk);
      talk.expect(250, "BDAT 60\r\n" + "x".repeat(58));
      talk.expect(250, "BDAT 40 LAST\r\n" + "x".repeat(38));
      begin(talk);
      talk.expect(250, "BDAT 60\r\n" + "x".repeat(58));
      talk.expect(552, "BDAT 41\r\n" + "x".repeat(39));
      // RFC 3030 §2: the rest is read, and belongs to no message
      talk.expect(503, "BDAT 4 LAST\r\nxx");
      talk.expect(250, "NOOP");
    }
    assertThat(inboxes.count(ann)).isEqualTo(1);
  }

  @Test
  void theLastRefusedCommandTakesLeave() throws IOException {
    try (var talk = talk("postroom.smtp.max-errors", "3")) {
      talk.expect(503, "DATA");
      talk.expect(501, "MAIL FROM:x");
      talk.expect(250, "NOOP");
      talk.expect(503, "MAIL FROM:<>");
      assertThat(talk.hear()).hasToString(GOODBYE);
      assertClosed(talk);
    }
  }

  @Test
  void theLastRefusedRecipientTakesLeave() throws IOException {
    try (var talk = talk("postroom.smtp.max-recipient-failures", "2")) {
      begin(talk);
      talk.expect(550, "RCPT TO:<x" + recipient + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "Subject: useful after all\r\n\r\n.");
      begin(talk);
      talk.expect(550, "RCPT TO:<x" + recipient + ">");
      talk.expect(550, "RCPT TO:<y" + recipient + ">");
      assertThat(talk.hear()).hasToString(GOODBYE);
    }
  }

  @Test
  void theLimitOfRecipientsIsExact() throws IOException {
    try (var talk = talk("postroom.smtp.max-recipients", "2")) {
      begin(talk);
      talk.expect(550, "RCPT TO:<x" + recipient + ">");
      talk.expect(250, "RCPT TO:<" + recipient + ">");
      assertThat(talk.say("RCPT TO:<" + recipient + ">").toString()).startsWith("452 4.5.3 ");
    }
  }

  @Test
  void aServerThatStopsSaysSo() throws IOException {
    try (var talk = talk()) {
      begin(talk);
      var stopping = Thread.ofVirtual().start(listeners::close);
      assertThat(talk.hear().toString()).startsWith("421 4.3.2 ");
      assertClosed(talk);
      assertThat(stopping).isNotNull();
    }
  }

  @Test
  void aBugIsOursAndTheConversationGoesOn() throws IOException {
    var config = Settings.of(SmtpConfig.class);
    var broken =
        new Admission(submission, router, config, trace, clock, random) {
          @Override
          Begin begin(SmtpCommand.Mail command, Offer offer, Viewer.@Nullable MailboxUser user) {
            throw new IllegalStateException("secret inside");
          }
        };
    var reception = new Reception(intake, submission, config, serverConfig, clock);
    try (var talk = talk(config, broken, reception)) {
      talk.expect(250, "HELO there.test");
      assertThat(talk.say("MAIL FROM:<>").toString())
          .matches("451 4\\.3\\.0 something went wrong here \\([0-9a-z]{16}\\); try again later");
      talk.expect(250, "NOOP");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // nothing behind the disk is reached
  void aFullDiskIsOursAndTheConversationGoesOn() throws IOException {
    var config = Settings.of(SmtpConfig.class);
    var noDisk =
        new Intake(new FullDisk(), null, null, null, null, Settings.of(RoutingConfig.class), clock);
    var reception = new Reception(noDisk, submission, config, serverConfig, clock);
    try (var talk = talk(config, reception)) {
      begin(talk);
      talk.expect(354, "DATA");
      talk.send(("x".repeat(98) + "\r\n").repeat(5000));
      assertThat(talk.say(".").toString()).startsWith("452 4.3.1 no storage at present");
      begin(talk);
    }
  }

  /** Takes one chunk and no more. */
  private static final class FullDisk implements Blobs {
    @Override
    public BlobWriter write() {
      return new BlobWriter() {
        private long size;

        @Override
        public void write(int octet) throws IOException {
          if (++size > 50_000) {
            throw new IOException("No space left on device");
          }
        }

        @Override
        public long size() {
          return size;
        }

        @Override
        public BlobId keep() {
          throw new AssertionError("nobody keeps half a message");
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Blob open(BlobId id) {
      throw new AssertionError("nothing was kept");
    }

    @Override
    public void probe() {}

    @Override
    public long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced) {
      return 0;
    }
  }
}
