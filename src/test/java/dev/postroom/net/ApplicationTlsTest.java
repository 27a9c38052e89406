package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.tls.Certificates;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@PostroomTest
class ApplicationTlsTest {
  @Inject Listeners listeners;
  @Inject Dialer dialer;
  @Inject Certificates certificates;

  @Test
  void theApplicationListensDialsAndSpeaksTls() throws Exception {
    assertThat(certificates.available()).isTrue();
    var port =
        listeners.open(
            new Listeners.Endpoint("test", "::", 0, true),
            "",
            wire -> wire.write(wire.tlsDescription() + "\r\n"));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port());
    try (var wire = dialer.connect(address, Duration.ofSeconds(5))) {
      var trust = PostroomServer.certificates().clientContext();
      wire.startTlsAsClient(trust, "mail.postroom.test", true);
      assertThat(wire.readLine(100).text()).startsWith("TLSv1.3");
    }
  }
}
