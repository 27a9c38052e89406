package dev.postroom.bench;

/** One SMTP connection, where the moment of the 250 matters and smtp-source cannot say it. */
final class SmtpClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int BUFFER = 4096;

  private final LineSocket socket;

  SmtpClient(int port) {
    socket = new LineSocket(port, TIMEOUT_MILLIS, BUFFER);
    expect("220");
    command("EHLO client.test", "250");
  }

  /**
   * Sends a message without lines that begin with a dot.
   *
   * @return when its 250 was read, in nanoseconds
   */
  long send(String recipient, String message) {
    command("MAIL FROM:<somebody@sender.test>", "250");
    command("RCPT TO:<" + recipient + ">", "250");
    command("DATA", "354");
    socket.send(message + "\r\n.\r\n");
    expect("250");
    return System.nanoTime();
  }

  private void command(String command, String code) {
    socket.send(command + "\r\n");
    expect(code);
  }

  private void expect(String code) {
    var line = socket.line();
    while (line.startsWith(code + "-")) {
      line = socket.line();
    }
    if (!line.startsWith(code)) {
      throw new IllegalStateException("SMTP: " + line);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
