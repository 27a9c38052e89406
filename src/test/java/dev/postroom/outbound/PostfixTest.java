package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.testing.Postfix;
import dev.postroom.testing.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Delivery to a server that nobody here wrote. */
@EnabledIf("dev.postroom.testing.Postfix#canRun")
class PostfixTest {
  @TempDir Path folder;

  @Test
  void postfixGetsEveryOctetOverTls() throws Exception {
    var certificate =
        new TestCertificates(folder.resolve("ca")).issue("postfix", "postfix.example");
    try (var postfix = Postfix.start(certificate);
        var outbound =
            new TestOutbound(
                folder, "postroom.outbound.routes.\"example.net\"", postfix.address())) {
      var small = "Subject: small\r\n\r\n.\r\n..dots\r\n.QUIT\r\n gr\u00fc\u00df\r\n";
      var large = "Subject: large\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(100_000);
      for (int i = 0; i < 20; i++) {
        assertThat(deliver(outbound, small, "ben@example.net").getFirst())
            .isInstanceOfSatisfying(
                Attempt.Delivered.class,
                delivered -> assertThat(delivered.security()).startsWith("TLSv1.3"));
      }
      deliver(outbound, large, "ben@example.net");
      var attempts = deliver(outbound, small, "ben@example.net", "nobody@example.net");
      assertThat(attempts.get(0)).isInstanceOf(Attempt.Delivered.class);
      assertThat(attempts.get(1))
          .isInstanceOfSatisfying(
              Attempt.Refused.class,
              refused -> {
                assertThat(refused.status()).hasToString("5.1.1");
                assertThat(refused.diagnostic()).contains("User unknown in virtual mailbox table");
              });
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(postfix.messages()).hasSize(22));
      assertThat(postfix.messages().stream().filter(m -> m.endsWith(asFile(small)))).hasSize(21);
      assertThat(postfix.messages().stream().filter(m -> m.endsWith(asFile(large)))).hasSize(1);
      assertThat(postfix.log().lines().filter(line -> line.contains(": connect from")))
          .as("one connection for all, and the one that looked whether it is up")
          .hasSize(2);
    }
  }

  private static java.util.List<Attempt> deliver(
      TestOutbound outbound, String content, String... recipients) throws java.io.IOException {
    return outbound.delivery.deliver(outbound.shipment(content, recipients)).attempts();
  }

  private static String asFile(String content) {
    return content.replace("\r\n", "\n");
  }
}
