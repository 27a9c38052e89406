package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {
  private static final String PROXY = "127.0.0.2";
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a"; // PROXY protocol §2.2

  @TempDir Path folder;
  private TestListeners net;

  @BeforeEach
  void listen() {
    net =
        new TestListeners(
            folder,
            Map.of(
                "postroom.net.connections", "4",
                "postroom.net.connections-per-client", "2",
                "postroom.net.handshake-timeout", "1s",
                "postroom.net.close-timeout", "1s",
                "postroom.net.proxy-protocol-from", PROXY + "/32"));
  }

  @AfterEach
  void stop() {
    net.close();
    assertThat(net.failure.get()).isNull();
  }

  private static void introduce(Wire wire) throws IOException {
    wire.write(
        "hello %s %d at %s %d\r\n"
            .formatted(
                wire.remote().getAddress().getHostAddress(),
                wire.remote().getPort(),
                wire.local().getAddress().getHostAddress(),
                wire.local().getPort()));
    while (true) {
      wire.write("heard " + wire.readLine(1000).text() + "\r\n");
    }
  }

  private static Client from(String address, Listeners.Open port) throws IOException {
    var socket = new Socket();
    socket.bind(new java.net.InetSocketAddress(java.net.InetAddress.ofLiteral(address), 0));
    socket.connect(
        new java.net.InetSocketAddress(
            java.net.InetAddress.ofLiteral(TestListeners.HOST), port.port()));
    return new Client(socket);
  }

  private double counted(String name, String limit) {
    return net.meters.get(name).tag("limit", limit).counter().count();
  }

  @Test
  void tooManyConnectionsFromOneClientHearTheBusyLine() throws Exception {
    var port = net.open(ListenerTest::introduce);
    try (var first = net.connect(port);
        var second = net.connect(port);
        var third = net.connect(port)) {
      assertThat(first.line()).startsWith("hello");
      assertThat(second.line()).startsWith("hello");
      assertThat(third.line()).isEqualTo("BUSY");
      assertThat(third.isAtEnd()).isTrue();
      try (var other = from("127.0.0.3", port)) {
        assertThat(other.line()).startsWith("hello 127.0.0.3");
      }
    }
    assertThat(counted("postroom.net.refused", "client")).isEqualTo(1);
    Awaitility.await().until(() -> port.connections() == 0);
    try (var again = net.connect(port)) {
      assertThat(again.line()).startsWith("hello");
    }
  }

  @Test
  void tooManyConnectionsInAllHearTheBusyLine() throws Exception {
    var port = net.open(ListenerTest::introduce);
    var clients = new ArrayList<Client>();
    for (int i = 10; i < 14; i++) {
      var client = from("127.0.0." + i, port);
      assertThat(client.line()).startsWith("hello");
      clients.add(client);
    }
    try (var last = from("127.0.0.14", port)) {
      assertThat(last.line()).isEqualTo("BUSY");
    }
    assertThat(counted("postroom.net.refused", "total")).isEqualTo(1);
    for (var client : clients) {
      client.close();
    }
  }

  @Test
  void overTlsNoPlainBusyLineComes() throws Exception {
    var port = net.open(true, ListenerTest::introduce);
    try (var first = net.connect(port);
        var second = net.connect(port);
        var third = net.connect(port)) {
      assertThat(third.isAtEnd()).isTrue();
      assertThat(first.socket().isConnected() && second.socket().isConnected()).isTrue();
    }
  }

  @Test
  void theProxyTellsWhoTheClientIs() throws Exception {
    var port = net.open(ListenerTest::introduce);
    try (var client = from(PROXY, port)) {
      client.send("PROXY TCP4 192.0.2.1 198.51.100.2 4711 25\r\nEHLO\r\n");
      assertThat(client.line()).isEqualTo("hello 192.0.2.1 4711 at 198.51.100.2 25");
      assertThat(client.line()).isEqualTo("heard EHLO");
    }
    try (var client = from(PROXY, port)) {
      client.send("PROXY TCP6 2001:db8::1 2001:db8::2 4711 25\r\n");
      assertThat(client.line()).startsWith("hello 2001:db8:0:0:0:0:0:1 4711 at");
    }
  }

  @Test
  void theProxyTellsItInBinaryToo() throws Exception {
    var port = net.open(ListenerTest::introduce);
    try (var client = from(PROXY, port)) {
      client.send(
          HexFormat.of().parseHex(SIGNATURE + "2111000c" + "c0000201" + "c6336402" + "12670019"));
      client.send("EHLO\r\n");
      assertThat(client.line()).isEqualTo("hello 192.0.2.1 4711 at 198.51.100.2 25");
      assertThat(client.line()).isEqualTo("heard EHLO");
    }
  }

  @Test
  void aProxyThatLooksWhetherWeAreWellIsItself() throws Exception {
    var port = net.open(ListenerTest::introduce);
    try (var client = from(PROXY, port)) {
      client.send(HexFormat.of().parseHex(SIGNATURE + "20000000"));
      assertThat(client.line()).startsWith("hello " + PROXY);
    }
    try (var client = from(PROXY, port)) {
      client.send("PROXY UNKNOWN\r\n");
      assertThat(client.line()).startsWith("hello " + PROXY);
    }
  }

  @Test
  void tlsComesBehindTheHeader() throws Exception {
    var port = net.open(true, ListenerTest::introduce);
    try (var plain = from(PROXY, port)) {
      plain.send("PROXY TCP4 192.0.2.1 198.51.100.2 4711 25\r\n");
      var client = net.secure(plain, "mail.postroom.test");
      assertThat(client.line()).isEqualTo("hello 192.0.2.1 4711 at 198.51.100.2 25");
      client.send("EHLO\r\n");
      assertThat(client.line()).isEqualTo("heard EHLO");
    }
  }

  @Test
  void limitsCountTheClientBehindTheProxy() throws Exception {
    var port = net.open(ListenerTest::introduce);
    var clients = new ArrayList<Client>();
    for (int i = 1; i <= 3; i++) {
      var client = from(PROXY, port);
      client.send("PROXY TCP4 192.0.2." + i + " 198.51.100.2 4711 25\r\n");
      assertThat(client.line()).startsWith("hello 192.0.2." + i);
      clients.add(client);
    }
    for (var client : clients) {
      client.close();
    }
  }

  @Test
  void aProxyWithoutAHeaderIsRefused() throws Exception {
    var port = net.open(ListenerTest::introduce);
    try (var client = from(PROXY, port)) {
      client.send("EHLO and nothing that looks like a header of the PROXY protocol\r\n");
      assertThat(client.isAtEnd()).isTrue();
    }
    try (var silent = from(PROXY, port)) {
      assertThat(silent.isAtEnd()).isTrue();
    }
    assertThat(port.connections()).isZero();
  }

  @Test
  void aHeaderFromAnybodyElseIsJustALine() throws Exception {
    try (var client = net.connect(net.open(ListenerTest::introduce))) {
      client.send("PROXY TCP4 192.0.2.1 198.51.100.2 4711 25\r\n");
      assertThat(client.line()).startsWith("hello 127.0.0.1");
      assertThat(client.line()).startsWith("heard PROXY TCP4");
    }
  }

  @Test
  void aBugInOneConversationEndsThatOneOnly() throws Exception {
    var port =
        net.listeners.open(
            new Listeners.Endpoint("buggy", TestListeners.HOST, 0, false),
            "",
            wire -> {
              wire.write("last words\r\n");
              wire.flush();
              throw new IllegalStateException("a bug, on purpose");
            });
    for (int i = 0; i < 3; i++) {
      try (var client = net.connect(port)) {
        assertThat(client.line()).isEqualTo("last words");
        assertThat(client.isAtEnd()).isTrue();
      }
      Awaitility.await().until(() -> port.connections() == 0);
    }
  }

  @Test
  void whoWaitsWhenTheServerStopsCanSayGoodbye() throws Exception {
    var working = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var port =
        net.open(
            wire -> {
              try {
                while (true) {
                  wire.readLine(100);
                  working.countDown();
                  if (goOn.await(10, TimeUnit.SECONDS)) {
                    wire.write("done\r\n");
                  }
                }
              } catch (ShutdownException stopping) {
                wire.write("goodbye\r\n");
                wire.flush();
              } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
              }
            });
    try (var idle = net.connect(port);
        var busy = net.connect(port)) {
      busy.send("work\r\n");
      assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
      var closing = Thread.ofVirtual().start(net.listeners::close);
      assertThat(idle.line()).isEqualTo("goodbye");
      assertThat(port.isAccepting()).isFalse();
      goOn.countDown();
      assertThat(busy.line()).isEqualTo("done");
      assertThat(busy.line()).isEqualTo("goodbye");
      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void aClientThatTakesNothingIsGivenUp() throws Exception {
    var ends = new LinkedBlockingQueue<String>();
    var port =
        net.open(
            wire -> {
              wire.idleTimeout(Duration.ofMillis(300));
              try {
                for (int i = 0; i < 100_000; i++) {
                  wire.write(new byte[10_000]);
                }
                ends.add("all was taken");
              } catch (WireTimeoutException timeout) {
                ends.add("given up");
                throw timeout;
              }
            });
    try (var client = net.connect(port)) {
      assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("given up");
      Awaitility.await().until(() -> port.connections() == 0);
      assertThat(client.socket().isConnected()).isTrue();
    }
  }

  @Test
  void aConversationThatReadsNothingStopsItsClient() throws Exception {
    var release = new CountDownLatch(1);
    var port =
        net.open(
            wire -> {
              try {
                release.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
              }
              long octets = 0;
              while (octets < 50_000_000) {
                var there = wire.peek().remaining();
                // what was read ahead is bounded: the queue and what the last reads brought
                assertThat(there).isLessThan(1_000_000);
                octets += there;
                wire.consume(there);
              }
              wire.write("all there\r\n");
            });
    try (var client = net.connect(port)) {
      var sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 50; i++) {
                        client.send(new byte[1_000_000]);
                      }
                    } catch (IOException broken) {
                      throw new java.io.UncheckedIOException(broken);
                    }
                  });
      assertThat(sending.join(Duration.ofMillis(500))).as("all was read ahead").isFalse();
      release.countDown();
      assertThat(client.line()).isEqualTo("all there");
    }
  }
}
