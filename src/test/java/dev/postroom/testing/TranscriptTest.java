package dev.postroom.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runner itself, against a server that says what it is told to. */
class TranscriptTest {
  private ServerSocket listening;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    listening.close();
  }

  /** Each connection hears {@code says} and is closed when its client has hung up or shut down. */
  private void serve(String says) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listening.isClosed()) {
                try (var socket = listening.accept()) {
                  socket.getOutputStream().write(says.getBytes(StandardCharsets.ISO_8859_1));
                  socket.shutdownOutput();
                  socket.getInputStream().readAllBytes();
                } catch (IOException _) {
                  // the test is over
                }
              }
            });
  }

  private void hold(String... lines) throws Exception {
    var transcript = Transcript.parse("test", List.of(lines));
    var server =
        new TranscriptServer(listening.getLocalPort(), 0, javax.net.ssl.SSLContext.getDefault());
    new TranscriptRun(transcript, false).hold(server, Map.of("user", "ann"));
  }

  @Test
  void linesAreExpectedExactlyOrByPattern() throws Exception {
    serve("+OK ann ready\r\n+OK 3 {320}\r\n+OK 3 again\r\n");
    hold(
        "# a remark",
        "S: +OK ${user} ready",
        "S: +OK <<(?<count>\\d+)>> {<<\\d+>>}",
        "C: anything",
        "S: +OK ${count} ...",
        "CLOSED");
  }

  @Test
  void anotherLineThanExpectedFailsWithItsPlace() {
    serve("-ERR no\r\n");
    assertThatThrownBy(() -> hold("", "S: +OK ..."))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("test.txt:2")
        .hasMessageContaining("-ERR no");
  }

  @Test
  void linesInBetweenCanBePassedOver() throws Exception {
    serve("+OK\r\nTOP\r\nUIDL\r\n.\r\n+OK\r\n");
    hold("S: +OK", "S*", "S: .", "S: +OK", "CLOSED");
  }

  @Test
  void octetsCanBeExpected() throws Exception {
    serve("ab\r\nc\u00e4");
    hold("S~ ab\\r\\nc\\xe4", "CLOSED");
  }

  @Test
  void whatNobodyExpectedFailsAtTheEnd() {
    serve("+OK\r\nmore\r\n");
    assertThatThrownBy(() -> hold("S: +OK", "CLOSED"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("more");
  }

  @Test
  void aBareLfFails() {
    serve("+OK\n");
    assertThatThrownBy(() -> hold("S: +OK")).hasMessageContaining("bare LF");
  }

  @Test
  void sessionsAreToldApart() throws Exception {
    serve("+OK\r\n");
    hold("S1: +OK", "HANGUP1", "S2: +OK", "CLOSED2", "S1: +OK", "CLOSED1");
  }

  @Test
  void aLineThatIsNoneIsRefused() {
    assertThatThrownBy(() -> hold("X: hm")).hasMessageContaining("test.txt:1");
    assertThat(Transcript.parse("t", List.of("PLAIN ONLY", "C: a")).overTls()).isFalse();
  }
}
