package dev.postroom.net;

import java.util.List;

/** Opens ports and holds a {@link Conversation} with whoever connects. */
public interface Listeners {
  /**
   * @param name a short lower-case name for logs, metrics and health: {@code imaps}
   * @param host the address to listen on, or the path of a Unix socket, which begins with a slash
   * @param port 0 takes any free port
   * @param implicitTls the handshake comes before the first octet (RFC 8314)
   */
  record Endpoint(String name, String host, int port, boolean implicitTls) {
    boolean isUnixSocket() {
      return host.startsWith("/");
    }
  }

  /** One open port. */
  interface Open {
    Endpoint endpoint();

    /** The port that was really taken, 0 for a Unix socket. */
    int port();

    /** Connections now. */
    int connections();

    boolean isAccepting();
  }

  /** What a connection is told that is not let in: a line of the protocol, CRLF included. */
  @FunctionalInterface
  interface Refusal {
    String line(boolean forGood, String why);
  }

  /**
   * Binds the port and starts accepting; returns when connections can come.
   *
   * @param busyLine what a connection over the limits is told before it is closed, CRLF included
   */
  Open open(Endpoint endpoint, String busyLine, Conversation conversation);

  /**
   * The same.
   *
   * @param refusal for clients that the {@link Gate} does not let in; otherwise they hear the busy
   *     line
   */
  default Open open(
      Endpoint endpoint, String busyLine, Refusal refusal, Conversation conversation) {
    return open(endpoint, busyLine, conversation);
  }

  /** Every port opened so far, for health. */
  List<Open> all();
}
