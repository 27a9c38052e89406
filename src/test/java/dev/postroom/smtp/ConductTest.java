package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Viewer;
import dev.postroom.guard.ClientRule;
import dev.postroom.guard.ClientRules;
import dev.postroom.guard.Guard;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client does wrong, and what follows while it is connected. */
@PostroomTest
class ConductTest {
  private static final String CLIENT = "127.8.1.1";

  @Inject Listeners listeners;
  @Inject ClientRules clients;
  @Inject Guard guard;
  @Inject Fixtures fixtures;
  @Inject MeterRegistry meters;

  private String domain;

  @BeforeEach
  void makeMailbox() {
    var info = fixtures.domain();
    domain = info.name().ascii();
    fixtures.mailbox(info, "ann");
  }

  private int port() {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals("smtp"))
        .findFirst()
        .orElseThrow()
        .port();
  }

  private double offences() {
    return meters.find("postroom.guard.offences").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** What a conversation counts that names these recipients, and then sends the message. */
  private double offences(String reversePath, String... names) throws IOException {
    double before = offences();
    try (var talk = Talk.with(port())) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<" + reversePath + ">");
      boolean anybody = false;
      for (var name : names) {
        boolean known = name.equals("ann");
        talk.expect(known ? 250 : 550, "RCPT TO:<" + name + "@" + domain + ">");
        anybody |= known;
      }
      talk.expect(anybody ? 354 : 554, "DATA");
      if (anybody) {
        talk.expect(250, "Subject: x\r\n\r\n.");
      }
      talk.expect(221, "QUIT");
    }
    return offences() - before;
  }

  @Test
  void eachUnknownRecipientOfAMessageToNobodyElseCounts() throws IOException {
    assertThat(offences("me@there.test", "x", "y", "z")).isEqualTo(3);
  }

  @Test
  void unknownRecipientsBesideAGoodOneCountOnceInAnyOrder() throws IOException {
    assertThat(offences("me@there.test", "x", "y", "ann", "z")).isEqualTo(1);
  }

  @Test
  void aServerIsNotToBlameForReportsToAddressesThatSomebodyMadeUp() throws IOException {
    assertThat(offences("", "x", "y", "z")).isZero();
  }

  @Test
  void aRecipientWithoutAMessageIsAnErrorOfTheProtocol() throws IOException {
    double before = offences();
    try (var talk = Talk.with(port())) {
      talk.expect(250, "EHLO there.test");
      talk.expect(503, "RCPT TO:<ann@" + domain + ">");
      talk.expect(221, "QUIT");
    }
    assertThat(offences() - before).isEqualTo(1);
  }

  @Test
  void aBanEndsTheConversationThatIsHeld() throws IOException {
    try (var socket =
            new Socket(
                InetAddress.ofLiteral("127.0.0.1"), port(), InetAddress.ofLiteral(CLIENT), 0);
        var reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).startsWith("220 ");
      clients.add(Viewer.SERVER, CLIENT, ClientRule.Kind.DENY, "a test");
      assertThat(guard.standing(InetAddress.ofLiteral(CLIENT)).banned()).isTrue();
      socket.getOutputStream().write("ELEPHANT\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(reader.readLine()).startsWith("500 ");
      assertThat(reader.readLine()).isEqualTo("421 4.7.0 too much goes wrong here; goodbye");
      assertThat(reader.readLine()).isNull();
    }
  }
}
