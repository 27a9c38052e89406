package dev.postroom.bench;

import java.util.HashSet;
import java.util.Set;

/** The mailbox {@code 1big} with 10,000 messages, filled by APPEND, once. */
final class BigMailbox {
  static final int MESSAGES = 10_000;
  static final String NAME = "1big";
  private static final int CONNECTIONS = 10;
  private static final Set<String> FILLED = new HashSet<>();

  private BigMailbox() {}

  /**
   * Fills it unless it is full.
   *
   * @return whether it had to be filled
   */
  static boolean ensure(Side side) {
    if (!FILLED.add(side.name())) {
      return false;
    }
    side.addMailboxes("big", 1);
    try (var client = ImapClient.signedIn(side, NAME)) {
      if (client.messages("INBOX") > 0) {
        return false;
      }
    }
    fill(side, NAME, MESSAGES, CONNECTIONS);
    return true;
  }

  /** Appends to the INBOX over so many connections at the same time. */
  static void fill(Side side, String localPart, int messages, int connections) {
    Together.run(
        connections,
        number -> {
          var corpus = new Corpus(number);
          try (var client = ImapClient.signedIn(side, localPart)) {
            for (int i = number; i < messages; i += connections) {
              client.append("INBOX", corpus.message(i), "+");
            }
          }
        });
  }
}
