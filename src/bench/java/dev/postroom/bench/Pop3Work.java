package dev.postroom.bench;

import java.util.List;

/** RETR of all messages of a maildrop of 10,000: one after the other, or 100 ahead (RFC 2449). */
final class Pop3Work implements Work {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int BUFFER = 1 << 16;
  private static final int AHEAD = 100;

  @Override
  public String name() {
    return "pop3";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of("plain", "pipelined");
  }

  @Override
  public void run(Run run) {
    BigMailbox.ensure(run.side());
    int ahead = run.variant().equals("plain") ? 1 : AHEAD;
    try (var warm = signedIn(run)) {
      all(warm, ahead);
    }
    try (var socket = signedIn(run)) {
      run.timed(BigMailbox.MESSAGES, () -> all(socket, ahead));
    }
  }

  private static LineSocket signedIn(Run run) {
    var socket = new LineSocket(run.side().pop3(), TIMEOUT_MILLIS, BUFFER);
    expect(socket);
    command(socket, "USER " + BigMailbox.NAME + "@" + Side.DOMAIN);
    command(socket, "PASS " + Side.PASSWORD);
    return socket;
  }

  private static void all(LineSocket socket, int ahead) {
    int asked = 0;
    for (int read = 1; read <= BigMailbox.MESSAGES; read++) {
      if (asked < read) {
        var commands = new StringBuilder();
        for (int i = 0; i < ahead && asked < BigMailbox.MESSAGES; i++) {
          commands.append("RETR ").append(++asked).append("\r\n");
        }
        socket.send(commands.toString());
      }
      expect(socket);
      socket.skipToDot();
    }
    command(socket, "QUIT");
  }

  private static void command(LineSocket socket, String command) {
    socket.send(command + "\r\n");
    expect(socket);
  }

  private static void expect(LineSocket socket) {
    var line = socket.line();
    if (!line.startsWith("+OK")) {
      throw new IllegalStateException("POP3: " + line);
    }
  }
}
