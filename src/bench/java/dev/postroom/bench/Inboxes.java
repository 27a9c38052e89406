package dev.postroom.bench;

import java.time.Duration;
import java.util.List;

/** Watches inboxes over IMAP, each over a connection that stays open, until mail is readable. */
final class Inboxes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int AT_ONCE = 10;

  private final ImapClient[] clients;
  private final int[] seen;

  Inboxes(Side side, List<String> localParts) {
    clients = new ImapClient[localParts.size()];
    seen = new int[localParts.size()];
    Together.run(
        AT_ONCE,
        number -> {
          for (int i = number; i < clients.length; i += AT_ONCE) {
            clients[i] = ImapClient.signedIn(side, localParts.get(i));
          }
        });
  }

  /** Counts what is there. */
  void look() {
    for (int i = 0; i < clients.length; i++) {
      seen[i] = clients[i].messages("INBOX");
    }
  }

  /**
   * Returns when each of the first inboxes has so many more than it had at the last look. One at a
   * time is asked, and none again that has them all: looking should cost the server little.
   */
  void awaitMore(int inboxes, int each) {
    for (int i = 0; i < inboxes; i++) {
      int number = i;
      Commands.await(
          each + " more in inbox " + (i + 1),
          PATIENCE,
          () -> clients[number].messages("INBOX") >= seen[number] + each);
    }
  }

  @Override
  public void close() {
    for (var client : clients) {
      client.close();
    }
  }
}
