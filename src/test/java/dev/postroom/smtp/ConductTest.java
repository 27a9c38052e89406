package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Viewer;
import dev.postroom.guard.ClientRule;
import dev.postroom.guard.ClientRules;
import dev.postroom.guard.Guard;
import dev.postroom.net.Listeners;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A client that is banned while it is connected hears a goodbye with its next mistake. */
@PostroomTest
class ConductTest {
  private static final String CLIENT = "127.8.1.1";

  @Inject Listeners listeners;
  @Inject ClientRules clients;
  @Inject Guard guard;

  @Test
  void aBanEndsTheConversationThatIsHeld() throws IOException {
    int port =
        listeners.all().stream()
            .filter(open -> open.endpoint().name().equals("smtp"))
            .findFirst()
            .orElseThrow()
            .port();
    try (var socket =
            new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(CLIENT), 0);
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
