package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTest {
  @TempDir Path folder;
  private TestListeners net;
  private final LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();

  @BeforeEach
  void listen() {
    net = new TestListeners(folder, Map.of());
  }

  @AfterEach
  void stop() {
    net.close();
    assertThat(net.failure.get()).isNull();
  }

  private Object next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  private static void echo(Wire wire) throws IOException {
    wire.write("hello\r\n");
    while (true) {
      var line = wire.readLine(100);
      wire.write((line.endedByCrlf() ? "crlf " : "lf ") + line.text() + "\r\n");
    }
  }

  @Test
  void aLineComesWithoutItsEnd() throws Exception {
    try (var client = net.connect(net.open(WireTest::echo))) {
      assertThat(client.line()).isEqualTo("hello");
      client.send("one\r\ntwo\n\r\nthree\rfour\r\n");
      assertThat(client.line()).isEqualTo("crlf one");
      assertThat(client.line()).isEqualTo("lf two");
      assertThat(client.line()).isEqualTo("crlf");
      assertThat(client.line()).isEqualTo("crlf three\rfour");
    }
  }

  @Test
  void aLineInPiecesIsOneLine() throws Exception {
    try (var client = net.connect(net.open(WireTest::echo))) {
      client.line();
      for (var piece : "in pieces\r\n".split("")) {
        client.send(piece);
        Thread.onSpinWait();
      }
      assertThat(client.line()).isEqualTo("crlf in pieces");
    }
  }

  @Test
  void theLongestLineIsAcceptedAndOneOctetMoreIsNot() throws Exception {
    var port =
        net.open(
            wire -> {
              while (true) {
                try {
                  wire.write(wire.readLine(1000).octets().length + "\r\n");
                } catch (LineTooLongException _) {
                  wire.write("too long\r\n");
                }
              }
            });
    try (var client = net.connect(port)) {
      client.send("x".repeat(998) + "\r\n" + "x".repeat(999) + "\r\nshort\r\n");
      assertThat(client.line()).isEqualTo("998");
      assertThat(client.line()).isEqualTo("too long");
      assertThat(client.line()).isEqualTo("5");
      client.send("x".repeat(WireInput.MAX_DROPPED - 2) + "\r\nshort\r\n");
      assertThat(client.line()).isEqualTo("too long");
      assertThat(client.line()).isEqualTo("5");
    }
  }

  @Test
  void whoSendsALineWithoutMeasureIsLeft() throws Exception {
    var ends = new LinkedBlockingQueue<Exception>();
    var port =
        net.open(
            wire -> {
              try {
                wire.readLine(1000);
              } catch (LineTooLongException | WireClosedException end) {
                ends.add(end);
              }
            });
    try (var client = net.connect(port)) {
      client.send("x".repeat(WireInput.MAX_DROPPED - 1) + "\r\n");
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isInstanceOf(WireClosedException.class);
    }
  }

  @Test
  void pipelinedLinesShowAsInput() throws Exception {
    var port =
        net.open(
            wire -> {
              while (true) {
                seen.add(wire.readLine(100).text() + " " + wire.hasInput());
              }
            });
    try (var client = net.connect(port)) {
      client.send("a\r\nb\r\nc\r\n");
      assertThat(next()).isEqualTo("a true");
      assertThat(next()).isEqualTo("b true");
      assertThat(next()).isEqualTo("c false");
    }
  }

  @Test
  void peekShowsAndConsumeTakes() throws Exception {
    var port =
        net.open(
            wire -> {
              var first = wire.peek();
              assertThat(first.isReadOnly()).isTrue();
              seen.add((char) first.get());
              seen.add(wire.peek().remaining());
              wire.consume(4);
              seen.add(wire.readLine(100).text());
            });
    try (var client = net.connect(port)) {
      client.send("abcdefg\r\n");
      assertThat(next()).isEqualTo('a');
      assertThat(next()).isEqualTo(9);
      assertThat(next()).isEqualTo("efg");
    }
  }

  @Test
  void aNudgeWakesAndIsNeverLost() throws Exception {
    var wires = new LinkedBlockingQueue<Wire>();
    var port =
        net.open(
            wire -> {
              wire.nudge();
              wires.add(wire);
              seen.add(wire.await(Duration.ofSeconds(30)));
              seen.add(wire.await(Duration.ofMillis(1)));
              seen.add(wire.await(Duration.ofSeconds(30)));
              seen.add(wire.await(Duration.ofSeconds(30)));
              seen.add(wire.readLine(100).text());
            });
    try (var client = net.connect(port)) {
      var wire = wires.take();
      assertThat(next()).isEqualTo(Wire.Wakeup.NUDGED);
      assertThat(next()).isEqualTo(Wire.Wakeup.TIMED_OUT);
      wire.nudge();
      assertThat(next()).isEqualTo(Wire.Wakeup.NUDGED);
      client.send("done\r\n");
      assertThat(next()).isEqualTo(Wire.Wakeup.INPUT);
      assertThat(next()).isEqualTo("done");
    }
  }

  @Test
  void silenceTimesOut() throws Exception {
    var port =
        net.open(
            wire -> {
              wire.idleTimeout(Duration.ofMillis(50));
              try {
                wire.readLine(100);
              } catch (WireTimeoutException timeout) {
                wire.write("too slow\r\n");
              }
            });
    try (var client = net.connect(port)) {
      client.send("half a line");
      assertThat(client.line()).isEqualTo("too slow");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void aLongWaitEndsInTimeForServersAndClients() throws Exception {
    var server = net.open(WireTest::waitForLong);
    try (var client = net.connect(server)) {
      assertThat(client.line()).isEqualTo("in time");
    }
    var patient = net.open(wire -> wire.await(Duration.ofSeconds(20)));
    var address = new InetSocketAddress(TestListeners.HOST, patient.port());
    try (var wire = net.dialer.connect(address, Duration.ofSeconds(5))) {
      waitForLong(wire);
    }
  }

  /** Longer than a wait that has a timer of its own. */
  private static void waitForLong(Wire wire) throws IOException {
    wire.idleTimeout(Duration.ofMillis(1300));
    long began = System.nanoTime();
    assertThatThrownBy(() -> wire.readLine(100)).isInstanceOf(WireTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began).toMillis()).isBetween(1299L, 5000L);
    wire.write("in time\r\n");
    wire.flush();
  }

  @Test
  void whatWaitsWithoutAThreadGoesOnWithWhatItWaitedFor() throws Exception {
    var wakeups = new LinkedBlockingQueue<Object>();
    var wires = new LinkedBlockingQueue<Wire>();
    var threads = new LinkedBlockingQueue<Thread>();
    var port =
        net.open(
            wire -> {
              wires.add(wire);
              wire.write("waiting\r\n");
              goOn(wire, wakeups, threads);
            });
    var client = net.connect(port);
    assertThat(client.line()).isEqualTo("waiting");
    assertThat(take(threads).join(Duration.ofSeconds(5))).as("its thread has ended").isTrue();
    client.send("first\r\nsecond\r\n");
    assertThat(take(wakeups)).isEqualTo("first");
    assertThat(take(wakeups)).isEqualTo("second");
    take(wires).nudge();
    assertThat(take(wakeups)).isEqualTo(Wire.Wakeup.NUDGED);
    assertThat(take(wakeups)).isEqualTo(Wire.Wakeup.TIMED_OUT);
    client.close();
    assertThat(take(wakeups)).isInstanceOf(WireClosedException.class);
  }

  private static void goOn(Wire wire, Queue<Object> wakeups, Queue<Thread> threads) {
    threads.add(Thread.currentThread());
    wire.goOnAfter(
        Duration.ofMillis(700),
        rest -> {
          try {
            var wakeup = rest.await(Duration.ZERO);
            wakeups.add(wakeup == Wire.Wakeup.INPUT ? rest.readLine(100).text() : wakeup);
            goOn(rest, wakeups, threads);
          } catch (WireClosedException gone) {
            wakeups.add(gone);
          }
        });
  }

  private static <T> T take(BlockingQueue<T> from) throws InterruptedException {
    return Objects.requireNonNull(from.poll(10, TimeUnit.SECONDS), "nothing happened");
  }

  @Test
  void aServerThatStopsEndsWhatWaitsWithoutAThread() throws Exception {
    var ends = new LinkedBlockingQueue<Exception>();
    var port =
        net.open(
            wire -> {
              wire.write("waiting\r\n");
              wire.goOnAfter(
                  Duration.ofHours(1),
                  rest -> {
                    try {
                      rest.await(Duration.ZERO);
                    } catch (ShutdownException stopped) {
                      ends.add(stopped);
                      rest.write("goodbye\r\n");
                    }
                  });
            });
    try (var client = net.connect(port)) {
      assertThat(client.line()).isEqualTo("waiting");
      net.listeners.close();
      assertThat(take(ends)).isInstanceOf(ShutdownException.class);
      assertThat(client.line()).isEqualTo("goodbye");
    }
  }

  @Test
  void aClientThatIsGoneEndsTheConversation() throws Exception {
    var port =
        net.open(
            wire -> {
              try {
                wire.await(Duration.ofSeconds(30));
              } catch (WireClosedException gone) {
                seen.add("gone");
                throw gone;
              }
            });
    net.connect(port).close();
    assertThat(next()).isEqualTo("gone");
  }

  @Test
  void aClientThatOnlyEndsItsOwnSideGetsEveryAnswer() throws Exception {
    try (var client = net.connect(net.open(WireTest::echo))) {
      client.send("one\r\ntwo\r\n");
      client.socket().shutdownOutput();
      assertThat(client.line()).isEqualTo("hello");
      assertThat(client.line()).isEqualTo("crlf one");
      assertThat(client.line()).isEqualTo("crlf two");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void theLastReplyArrivesAlthoughTheClientStillSends() throws Exception {
    var port =
        net.open(
            wire -> {
              wire.readLine(100);
              wire.write("no more\r\n");
            });
    try (var client = net.connect(port)) {
      client.send("one\r\n");
      client.send(new byte[200_000]);
      assertThat(client.line()).isEqualTo("no more");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void aLargeAnswerArrivesWholeAtASlowReader() throws Exception {
    int size = 5_000_000;
    var octets = new byte[size];
    new java.util.Random(42).nextBytes(octets);
    var port =
        net.open(
            wire -> {
              wire.write(octets);
              wire.transfer(new java.io.ByteArrayInputStream(octets));
            });
    try (var client = net.connect(port)) {
      var received = ByteBuffer.allocate(2 * size);
      while (received.hasRemaining()) {
        int read =
            client
                .in()
                .read(
                    received.array(), received.position(), Math.min(50_000, received.remaining()));
        assertThat(read).isPositive();
        received.position(received.position() + read);
      }
      assertThat(client.isAtEnd()).isTrue();
      assertThat(received.flip().slice(0, size)).isEqualTo(ByteBuffer.wrap(octets));
      assertThat(received.slice(size, size)).isEqualTo(ByteBuffer.wrap(octets));
    }
  }
}
