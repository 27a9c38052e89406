package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VertxDialerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int DIALS = 5;

  @Test
  void aServerThatSpeaksFirstHearsOfTheConnectionAtOnce() throws Exception {
    var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try (var server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
      assertThat(vertx.isNativeTransportEnabled()).isTrue();
      var dialer = new VertxDialer(vertx, Settings.of(NetConfig.class, Map.of()));
      var fastest = Duration.ofSeconds(1);
      for (int i = 0; i < DIALS; i++) {
        var taken = dial(dialer, server);
        fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
      }
      assertThat(fastest).isLessThan(Duration.ofMillis(150));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** How long it took until the server could speak. */
  private static Duration dial(VertxDialer dialer, ServerSocket server) throws Exception {
    long begun = System.nanoTime();
    var address = (InetSocketAddress) server.getLocalSocketAddress();
    var dialing =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    dialer.connect(address, PATIENCE).close();
                  } catch (java.io.IOException failed) {
                    throw new IllegalStateException(failed);
                  }
                });
    try (var _ = server.accept()) {
      dialing.join();
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }
}
