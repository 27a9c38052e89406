package dev.postroom.demo;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many mail servers, each at a loopback address of its own. They take everything and count how
 * often each recipient was served. The first one is away until it is told to come; the second one
 * takes its time for every answer. Bulk mail is kept waiting until the test opens the gate.
 */
final class SinkFarm implements AutoCloseable {
  private static final int DEAD = 0;
  private static final int SLOW = 1;
  private static final int PER_NET = 250;

  /** How the local parts of recipients of bulk mail begin. */
  static final String BULK = "bulk";

  private final int port;
  private final int hosts;
  private final long slowMillis;
  private final List<ServerSocket> listeners = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> served = new ConcurrentHashMap<>();
  private final Map<String, Long> servedAt = new ConcurrentHashMap<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean closed;

  private SinkFarm(int hosts, long slowMillis) throws IOException {
    this.hosts = hosts;
    this.slowMillis = slowMillis;
    try (var free = new ServerSocket(0, 1, address(DEAD))) {
      this.port = free.getLocalPort();
    }
  }

  static SinkFarm start(int hosts, long slowMillis) throws IOException {
    var farm = new SinkFarm(hosts, slowMillis);
    for (int host = 0; host < hosts; host++) {
      if (host != DEAD) {
        farm.listen(host);
      }
    }
    return farm;
  }

  /** The one that was away is there. */
  void revive() throws IOException {
    listen(DEAD);
  }

  /** The domain whose mail one of them takes. */
  static String domain(int host) {
    return "d" + host + ".load.test";
  }

  static boolean isOrdinary(int host) {
    return host != DEAD && host != SLOW;
  }

  List<String> routes() throws IOException {
    var routes = new ArrayList<String>();
    for (int host = 0; host < hosts; host++) {
      routes.add(
          "postroom.outbound.routes.\"%s\"=%s:%d"
              .formatted(domain(host), address(host).getHostAddress(), port));
    }
    return routes;
  }

  private static InetAddress address(int host) throws IOException {
    return InetAddress.getByName("127.7." + host / PER_NET + "." + (host % PER_NET + 1));
  }

  private void listen(int host) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(address(host), port), 200);
    listeners.add(listener);
    Thread.ofVirtual().start(() -> accept(listener, host == SLOW ? slowMillis : 0));
  }

  private void accept(ServerSocket listener, long pause) {
    while (!closed) {
      try {
        var socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Thread.ofVirtual().start(() -> converse(socket, pause));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void converse(Socket socket, long pause) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var out = new BufferedOutputStream(socket.getOutputStream());
      answer(out, pause, "220 sink");
      flush(in, out);
      var recipients = new ArrayList<String>();
      for (var line = line(in); !line.equals("QUIT"); line = line(in)) {
        var command = line.substring(0, Math.min(4, line.length()));
        switch (command) {
          case "EHLO" -> answer(out, pause, "250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
          case "RCPT" -> {
            recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
            answer(out, 0, "250 2.1.5 ok");
          }
          case "DATA" -> {
            answer(out, pause, "354 go on");
            flush(in, out);
            skipContent(in);
            await(recipients.getFirst().startsWith(BULK));
            recipients.forEach(this::serve);
            recipients.clear();
            answer(out, pause, "250 2.0.0 taken");
          }
          default -> answer(out, pause, "250 2.0.0 ok");
        }
        flush(in, out);
      }
      answer(out, 0, "221 bye");
      out.flush();
    } catch (IOException ended) {
      // the other side was killed, or the test is over
    } finally {
      open.remove(socket);
    }
  }

  private void await(boolean isBulk) throws IOException {
    try {
      if (isBulk) {
        gate.await();
      }
    } catch (InterruptedException ending) {
      throw new IOException(ending);
    }
  }

  /** From now on bulk mail is taken, too. */
  void open() {
    gate.countDown();
  }

  private void serve(String recipient) {
    servedAt.putIfAbsent(recipient, System.nanoTime());
    served.computeIfAbsent(recipient, _ -> new AtomicInteger()).incrementAndGet();
  }

  private static void answer(OutputStream out, long pause, String line) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Answers to commands that came together go together. */
  private static void flush(InputStream in, OutputStream out) throws IOException {
    if (in.available() == 0) {
      out.flush();
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException();
      }
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    return line.toString();
  }

  private static void skipContent(InputStream in) throws IOException {
    while (!line(in).equals(".")) {
      // counted, not kept
    }
  }

  /** How many recipients were served at least once. */
  int served() {
    return served.size();
  }

  boolean hasServed(String recipient) {
    return served.containsKey(recipient);
  }

  long servedAt(String recipient) {
    return servedAt.getOrDefault(recipient, Long.MAX_VALUE);
  }

  /** How often recipients were served once more. */
  int duplicates() {
    return served.values().stream().mapToInt(times -> times.get() - 1).sum();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    open();
    for (var listener : listeners) {
      listener.close();
    }
    for (var socket : open) {
      socket.close();
    }
  }
}
