package dev.postroom.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An HTTPS server on loopback with MTA-STS policies: the same for every host that is asked. */
public final class PolicyHost implements AutoCloseable {
  private final SSLContext tls;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpsServer server;
  private int port;
  private volatile String policy = "";
  private volatile int status = 200;
  private volatile String type = "text/plain; charset=utf-8";

  private PolicyHost(SSLContext tls) {
    this.tls = tls;
  }

  public static PolicyHost start(SSLContext tls) throws IOException {
    var host = new PolicyHost(tls);
    host.up();
    return host;
  }

  /** Listens, again on the same port. */
  public void up() throws IOException {
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", port), 50);
    port = server.getAddress().getPort();
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.getResponseHeaders().set("Location", "https://elsewhere.example/");
          var octets = policy.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, octets.length);
          try (var body = exchange.getResponseBody()) {
            body.write(octets);
          }
        });
    server.start();
  }

  public void down() {
    server.stop(0);
  }

  public int port() {
    return port;
  }

  /** Lines joined by CRLF. */
  public PolicyHost says(String... lines) {
    policy = String.join("\r\n", lines) + "\r\n";
    return this;
  }

  public PolicyHost answers(int code) {
    status = code;
    return this;
  }

  public PolicyHost type(String contentType) {
    type = contentType;
    return this;
  }

  /** Host and path of each request. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    down();
  }
}
