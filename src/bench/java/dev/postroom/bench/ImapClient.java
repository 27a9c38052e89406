package dev.postroom.bench;

import java.util.function.Consumer;

/** As much of an IMAP client as the bench needs: it reads everything and keeps little of it. */
final class ImapClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 120_000;
  private static final int BUFFER = 1 << 16;

  private final LineSocket socket;
  private int commands;

  ImapClient(int port) {
    this(port, BUFFER);
  }

  ImapClient(int port, int buffer) {
    socket = new LineSocket(port, TIMEOUT_MILLIS, buffer);
    socket.line();
  }

  static ImapClient signedIn(Side side, String localPart) {
    var client = new ImapClient(side.imap());
    client.login(localPart);
    return client;
  }

  void login(String localPart) {
    command("LOGIN " + localPart + "@" + Side.DOMAIN + " " + Side.PASSWORD);
  }

  /**
   * What came before the tagged line.
   *
   * @param untagged how many untagged responses
   * @param octets of lines and literals
   */
  record Answer(int untagged, long octets) {}

  Answer command(String command) {
    return command(command, _ -> {});
  }

  /** Sends a command and reads to its OK, every line but literals given to the listener. */
  Answer command(String command, Consumer<String> listener) {
    var tag = "a" + ++commands;
    socket.send(tag + " " + command + "\r\n");
    return readTo(tag, command, listener);
  }

  /** APPEND, with a non-synchronizing literal where the server takes it (RFC 7888). */
  void append(String folder, byte[] message, String literal) {
    var tag = "a" + ++commands;
    socket.send(tag + " APPEND " + folder + " {" + message.length + literal + "}\r\n");
    if (literal.isEmpty()) {
      var line = socket.line();
      if (!line.startsWith("+")) {
        throw new IllegalStateException("APPEND: " + line);
      }
    }
    socket.send(message);
    socket.send("\r\n");
    readTo(tag, "APPEND", _ -> {});
  }

  /** Sends without waiting; {@link #readTo} reads the answer. */
  String send(String command) {
    var tag = "a" + ++commands;
    socket.send(tag + " " + command + "\r\n");
    return tag;
  }

  Answer readTo(String tag, String command, Consumer<String> listener) {
    int untagged = 0;
    long octets = 0;
    boolean continued = false;
    while (true) {
      var line = socket.line();
      octets += line.length() + 2;
      if (!continued && line.startsWith(tag + " ")) {
        if (!line.startsWith("OK", tag.length() + 1)) {
          throw new IllegalStateException(command + ": " + line);
        }
        return new Answer(untagged, octets);
      }
      if (!continued) {
        untagged++;
      }
      listener.accept(line);
      long literal = literal(line);
      continued = literal >= 0;
      if (continued) {
        socket.skip(literal);
        octets += literal;
      }
    }
  }

  /** The next line, whatever it is. */
  String line() {
    return socket.line();
  }

  private static long literal(String line) {
    if (!line.endsWith("}")) {
      return -1;
    }
    int open = line.lastIndexOf('{');
    return open < 0 ? -1 : Long.parseLong(line.substring(open + 1, line.length() - 1));
  }

  /** How many messages a folder has, that is not selected. */
  int messages(String folder) {
    var found = new int[1];
    command(
        "STATUS " + folder + " (MESSAGES)",
        line -> {
          int at = line.indexOf("(MESSAGES ");
          if (at >= 0) {
            found[0] = Integer.parseInt(line.substring(at + 10, line.indexOf(')', at)));
          }
        });
    return found[0];
  }

  @Override
  public void close() {
    socket.close();
  }
}
