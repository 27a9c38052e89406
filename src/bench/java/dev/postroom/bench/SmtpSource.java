package dev.postroom.bench;

import java.util.ArrayList;
import java.util.List;

/** Load by Postfix's smtp-source: a new connection for each message unless told otherwise. */
final class SmtpSource {
  private static final String SENDER = "somebody@sender.test";

  private final Side side;

  SmtpSource(Side side) {
    this.side = side;
  }

  /** All messages to one address. */
  void toOne(String address, int messages, int size, int sessions) {
    send(List.of("-s", "" + sessions, "-m", "" + messages, "-l", "" + size, "-t", address));
  }

  /**
   * Messages to the mailboxes {@code 1<name>} to {@code <mailboxes><name>} in turn. One program for
   * each session goes round all of them, because smtp-source counts its recipients on and on.
   */
  void toMany(String name, int mailboxes, int messages, int size, int sessions, boolean keep) {
    int rounds = messages / (mailboxes * sessions);
    Together.run(
        sessions,
        _ -> {
          for (int round = 0; round < rounds; round++) {
            roundOf(name, mailboxes, size, keep);
          }
        });
  }

  private void roundOf(String name, int mailboxes, int size, boolean keep) {
    var options = new ArrayList<>(List.of("-N", "-s", "1", "-m", "" + mailboxes));
    if (keep) {
      options.add("-d");
    }
    options.addAll(List.of("-l", "" + size, "-t", name + "@" + Side.DOMAIN));
    send(options);
  }

  /** One message to the mailboxes {@code 1<name>} to {@code <recipients><name>}. */
  void oneToMany(String name, int recipients, int messages, int size) {
    send(
        List.of(
            "-r",
            "" + recipients,
            "-m",
            "" + messages,
            "-l",
            "" + size,
            "-N",
            "-t",
            name + "@" + Side.DOMAIN));
  }

  private void send(List<String> options) {
    var command = new ArrayList<>(List.of("smtp-source", "-f", SENDER, "-M", "client.test"));
    command.addAll(options);
    command.add("127.0.0.1:" + side.smtp());
    Commands.run(command);
  }
}
