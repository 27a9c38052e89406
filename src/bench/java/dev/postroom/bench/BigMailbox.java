package dev.postroom.bench;

import java.util.HashSet;
import java.util.Set;

/** Mailboxes {@code 1big}, {@code 2big} … with 10,000 messages, filled by APPEND, once. */
final class BigMailbox {
  static final int MESSAGES = 10_000;
  private static final int CONNECTIONS = 10;
  private static final Set<String> FILLED = new HashSet<>();

  private BigMailbox() {}

  static String name(int number) {
    return number + "big";
  }

  /**
   * Fills it unless it is full.
   *
   * @return whether it had to be filled
   */
  static boolean ensure(Side side, int number) {
    if (FILLED.add(side.name() + number)) {
      side.addMailboxes("big", number);
      int there;
      try (var client = ImapClient.signedIn(side, name(number))) {
        there = client.messages("INBOX");
      }
      if (there == 0) {
        fill(side, name(number), "INBOX", MESSAGES, CONNECTIONS);
        return true;
      }
    }
    return false;
  }

  /** Appends over so many connections at the same time, all to one folder. */
  static void fill(Side side, String localPart, String folder, int messages, int connections) {
    Together.run(
        connections,
        number -> {
          var corpus = new Corpus(number);
          try (var client = ImapClient.signedIn(side, localPart)) {
            for (int i = number; i < messages; i += connections) {
              client.append(folder, corpus.message(i), "+");
            }
          }
        });
  }
}
