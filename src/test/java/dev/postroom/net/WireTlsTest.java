package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.tls.TlsContexts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WireTlsTest {
  private static final String NAME = "mail.postroom.test";

  @TempDir Path folder;
  private TestListeners net;

  @BeforeEach
  void listen() {
    net = new TestListeners(folder, Map.of("postroom.net.handshake-timeout", "2s"));
  }

  @AfterEach
  void stop() {
    net.close();
    assertThat(net.failure.get()).isNull();
  }

  private static void converse(Wire wire) throws IOException {
    wire.write("hello " + wire.isSecure() + "\r\n");
    while (true) {
      var line = wire.readLine(100).text();
      switch (line) {
        case "STARTTLS" -> {
          wire.write("go ahead\r\n");
          wire.startTls();
        }
        case "QUIT" -> {
          return;
        }
        default -> wire.write(line + " " + wire.tlsDescription() + "\r\n");
      }
    }
  }

  @Test
  void implicitTlsShakesHandsBeforeTheGreeting() throws Exception {
    try (var client = net.connectTls(net.open(true, WireTlsTest::converse), NAME)) {
      assertThat(client.line()).isEqualTo("hello true");
      client.send("hm\r\n");
      assertThat(client.line()).isEqualTo("hm TLSv1.3 TLS_AES_256_GCM_SHA384");
      client.send("QUIT\r\n");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void whatWasPipelinedBehindStartTlsIsThrownAway() throws Exception {
    try (var client = net.connect(net.open(WireTlsTest::converse))) {
      assertThat(client.line()).isEqualTo("hello false");
      client.send("STARTTLS\r\ninjected\r\nQUIT\r\n");
      assertThat(client.line()).isEqualTo("go ahead");
      var secure = net.secure(client, NAME);
      secure.send("mine\r\n");
      assertThat(secure.line()).startsWith("mine TLSv1.3");
      secure.send("QUIT\r\n");
      assertThat(secure.isAtEnd()).isTrue();
    }
  }

  @Test
  void whatArrivedBehindStartTlsOnItsOwnIsThrownAwayToo() throws Exception {
    var port =
        net.open(
            wire -> {
              wire.readLine(100);
              wire.write("heard\r\n");
              wire.flush();
              Awaitility.await().until(wire::hasInput);
              wire.write("go ahead\r\n");
              wire.startTls();
              converse(wire);
            });
    try (var client = net.connect(port)) {
      client.send("STARTTLS\r\n");
      assertThat(client.line()).isEqualTo("heard");
      client.send("injected\r\nQUIT\r\n");
      assertThat(client.line()).isEqualTo("go ahead");
      var secure = net.secure(client, NAME);
      assertThat(secure.line()).isEqualTo("hello true");
      secure.send("mine\r\n");
      assertThat(secure.line()).startsWith("mine TLSv1.3");
    }
  }

  @Test
  void plainTextAfterStartTlsEndsTheConnection() throws Exception {
    try (var client = net.connect(net.open(WireTlsTest::converse))) {
      client.line();
      client.send("STARTTLS\r\n");
      assertThat(client.line()).isEqualTo("go ahead");
      client.send("NOT TLS AT ALL\r\n");
      assertThat(client.in().readAllBytes().length).isLessThan(100);
    }
    Awaitility.await().until(() -> net.listeners.all().getFirst().connections() == 0);
  }

  @Test
  void whoHangsUpInsteadOfShakingHandsIsNotWaitedFor() throws Exception {
    var port = net.open(WireTlsTest::converse);
    try (var client = net.connect(port)) {
      client.line();
      client.send("STARTTLS\r\n");
      assertThat(client.line()).isEqualTo("go ahead");
      client.socket().shutdownOutput();
      Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> port.connections() == 0);
    }
  }

  @Test
  void aHandshakeThatNeverComesTimesOut() throws Exception {
    try (var client = net.connect(net.open(true, WireTlsTest::converse))) {
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void onlyTls12AndTls13AreSpoken() throws Exception {
    var port = net.open(true, WireTlsTest::converse);
    for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (var plain = net.connect(port)) {
        var socket = socket(plain, port);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      }
    }
    var old = openssl(port, "-tls1_1", "-cipher", "ALL@SECLEVEL=0");
    assertThat(old.lineWith("alert protocol")).isNotNull();
  }

  @Test
  @Timeout(30)
  void aClientCannotRenegotiate() throws Exception {
    var client = openssl(net.open(true, WireTlsTest::converse), "-tls1_2");
    assertThat(client.lineWith("hello")).isNotNull();
    client.send("R\n");
    assertThat(client.lineWith("RENEGOTIATING")).isNotNull();
    client.send("afterwards\n");
    assertThat(client.lineWith("afterwards")).isNull();
  }

  private record Openssl(BufferedReader in, OutputStream out) {
    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** The next line that contains this; null when there is none up to the end. */
    @Nullable String lineWith(String text) {
      return in.lines().filter(line -> line.contains(text)).findFirst().orElse(null);
    }
  }

  private static Openssl openssl(Listeners.Open port, String... more) throws IOException {
    var command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
    command.add(TestListeners.HOST + ":" + port.port());
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Openssl(process.inputReader(StandardCharsets.ISO_8859_1), process.getOutputStream());
  }

  private SSLSocket socket(Client plain, Listeners.Open port) throws IOException {
    return (SSLSocket)
        net.authority
            .clientContext()
            .getSocketFactory()
            .createSocket(plain.socket(), NAME, port.port(), true);
  }

  private Wire dial(Listeners.Open port) throws IOException {
    return net.dialer.connect(net.address(port), Duration.ofSeconds(5));
  }

  @Test
  void theDialerSpeaksPlainAndThenTls() throws Exception {
    try (var wire = dial(net.open(WireTlsTest::converse))) {
      assertThat(wire.readLine(100).text()).isEqualTo("hello false");
      wire.write("STARTTLS\r\n");
      assertThat(wire.readLine(100).text()).isEqualTo("go ahead");
      wire.startTlsAsClient(TlsContexts.opportunistic(), "whatever.example", false);
      assertThat(wire.tlsDescription()).startsWith("TLSv1.3");
      wire.write("hm\r\n");
      assertThat(wire.readLine(100).text()).startsWith("hm TLSv1.3");
    }
  }

  @Test
  void theDialerVerifiesNamesWhereAsked() throws Exception {
    var port = net.open(true, WireTlsTest::converse);
    try (var wire = dial(port)) {
      wire.startTlsAsClient(net.authority.clientContext(), NAME, true);
      assertThat(wire.readLine(100).text()).isEqualTo("hello true");
    }
    try (var wire = dial(port)) {
      assertThatThrownBy(
              () -> wire.startTlsAsClient(net.authority.clientContext(), "other.test", true))
          .isInstanceOf(SSLException.class);
    }
    try (var wire = dial(port)) {
      assertThatThrownBy(() -> wire.startTlsAsClient(TlsContexts.verifying(), NAME, true))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void nobodyThereIsAnIoException() {
    assertThatThrownBy(
            () ->
                net.dialer.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                    Duration.ofSeconds(5)))
        .isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void aLargeAnswerArrivesWholeThroughTls() throws Exception {
    var octets = new byte[3_000_000];
    new java.util.Random(7).nextBytes(octets);
    var port = net.open(true, wire -> wire.write(octets));
    try (var client = net.connectTls(port, NAME)) {
      assertThat(client.in().readAllBytes()).isEqualTo(octets);
    }
  }
}
