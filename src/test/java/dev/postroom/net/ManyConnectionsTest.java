package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyConnectionsTest {
  private static final int CONNECTIONS = 2000;

  @TempDir Path folder;
  private TestListeners net;

  @BeforeEach
  void listen() {
    net = new TestListeners(folder, Map.of("postroom.net.connections-per-client", "100000"));
  }

  @AfterEach
  void stop() {
    net.close();
    assertThat(net.failure.get()).isNull();
  }

  private static long heap() {
    var runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void openAndClose(Listeners.Open port) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      try (var client = net.connect(port)) {
        client.send("hm\r\n");
        assertThat(client.line()).isEqualTo("hm");
      }
    }
    Awaitility.await().until(() -> port.connections() == 0);
  }

  @Test
  void connectionsThatAreOverLeaveNothingBehind() throws Exception {
    var port =
        net.open(
            wire -> {
              while (true) {
                wire.write(wire.readLine(100).text() + "\r\n");
              }
            });
    openAndClose(port);
    long before = heap();
    openAndClose(port);
    assertThat(heap() - before).isLessThan(4_000_000);
  }

  @Test
  void anIdleConnectionIsCheap() throws Exception {
    var port =
        net.open(
            wire -> {
              wire.write("hello\r\n");
              wire.readLine(100);
            });
    var clients = new ArrayList<Client>();
    long before = heap();
    for (int i = 0; i < CONNECTIONS; i++) {
      var client = net.connect(port);
      assertThat(client.line()).isEqualTo("hello");
      clients.add(client);
    }
    // the client's half with its buffer of 8 KiB is in this heap, too
    long each = (heap() - before) / CONNECTIONS;
    System.out.println("an idle connection takes " + each + " octets, both ends together");
    assertThat(each).isLessThan(24_000);
    for (var client : clients) {
      client.close();
    }
  }
}
