package dev.postroom.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Watches inboxes over IMAP, each over a connection that stays open, until mail is readable. */
final class Inboxes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final List<ImapClient> clients = new ArrayList<>();

  Inboxes(Side side, List<String> localParts) {
    localParts.forEach(it -> clients.add(ImapClient.signedIn(side, it)));
  }

  long messages() {
    return clients.stream().mapToLong(it -> it.messages("INBOX")).sum();
  }

  /** Returns when there are so many messages in all. */
  void awaitMessages(long expected) {
    Commands.await("readable: " + expected + " messages", PATIENCE, () -> messages() >= expected);
  }

  @Override
  public void close() {
    clients.forEach(ImapClient::close);
  }
}
