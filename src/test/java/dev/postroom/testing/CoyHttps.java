package dev.postroom.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on loopback that keeps those who ask waiting, and sees whether they hang up. */
public final class CoyHttps implements AutoCloseable {
  private final ServerSocket listener;
  private final String beginning;
  private final String forEver;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  private CoyHttps(@Nullable SSLContext tls, String beginning, String forEver) throws IOException {
    var sockets = tls == null ? ServerSocketFactory.getDefault() : tls.getServerSocketFactory();
    this.listener = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.beginning = beginning;
    this.forEver = forEver;
    Thread.ofVirtual().start(this::accept);
  }

  /** Accepts, and does not even shake hands. */
  public static CoyHttps mute() throws IOException {
    return new CoyHttps(null, "", "");
  }

  /** Shakes hands, and never answers. */
  public static CoyHttps silent(SSLContext tls) throws IOException {
    return new CoyHttps(tls, "", "");
  }

  /** Answers 200, and never comes to an end. */
  public static CoyHttps endless(SSLContext tls) throws IOException {
    return new CoyHttps(
        tls,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000000\r\n\r\n",
        "x: y\r\n");
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        accepted.incrementAndGet();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> hold(socket));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void hold(Socket socket) {
    try (socket) {
      var in = socket.getInputStream();
      var out = socket.getOutputStream();
      int octet = in.read();
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      while (octet >= 0) {
        if (forEver.isEmpty()) {
          octet = in.read();
        } else {
          out.write(forEver.getBytes(StandardCharsets.US_ASCII));
          Thread.sleep(10); // slow enough never to reach a limit on size
        }
      }
    } catch (IOException _) {
      // the other side hung up
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Connections that are still there. */
  public int open() {
    return open.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
