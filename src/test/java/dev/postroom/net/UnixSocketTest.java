package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import dev.postroom.tls.Certificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostroomTest
class UnixSocketTest {
  @Inject Vertx vertx;
  @Inject Certificates certificates;
  @TempDir Path folder;

  private VertxListeners listeners;
  private Path path;

  @BeforeEach
  void prepare() {
    listeners = listeners();
    path = folder.resolve("lmtp");
  }

  @AfterEach
  void close() {
    listeners.close();
  }

  private VertxListeners listeners() {
    return new VertxListeners(
        vertx, certificates, Settings.of(NetConfig.class), new SimpleMeterRegistry());
  }

  private Listeners.Open open(VertxListeners by) {
    return by.open(
        new Listeners.Endpoint("unix", path.toString(), 0, false),
        "busy\r\n",
        wire -> wire.write(wire.readLine(100).text() + " " + wire.remote() + "\r\n"));
  }

  private String say(String text) throws IOException {
    try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(path));
      client.write(ByteBuffer.wrap((text + "\r\n").getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aConversationIsHeldThere() throws IOException {
    var open = open(listeners);
    assertThat(open.isAccepting()).isTrue();
    assertThat(say("hello")).startsWith("hello localhost/127.0.0.1:0");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void whatACrashLeftIsReplacedAndNothingElse() throws IOException {
    try (var crashed = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      crashed.bind(UnixDomainSocketAddress.of(path));
      assertThatThrownBy(() -> open(listeners))
          .hasRootCauseMessage("somebody listens there already");
    }
    open(listeners);
    assertThat(say("hello")).startsWith("hello ");
    listeners.close();
    Files.deleteIfExists(path);
    Files.writeString(path, "precious");
    assertThatThrownBy(() -> open(listeners())).hasRootCauseMessage("there is something else");
    assertThat(path).hasContent("precious");
  }
}
