package dev.postroom.pop3;

import dev.postroom.blob.Blobs;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.message.MessageSummary;
import dev.postroom.net.Listeners;
import dev.postroom.store.MailStore;
import dev.postroom.store.NewMessage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.TranscriptServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Mailboxes with messages, and where to fetch them from. */
@ApplicationScoped
class Maildrops {
  private final Fixtures fixtures;
  private final Blobs blobs;
  private final MailStore store;
  private final Listeners listeners;

  Maildrops(Fixtures fixtures, Blobs blobs, MailStore store, Listeners listeners) {
    this.fixtures = fixtures;
    this.blobs = blobs;
    this.store = store;
    this.listeners = listeners;
  }

  /** A mailbox that holds these messages; its password is {@link Fixtures#PASSWORD}. */
  MailboxInfo with(byte[]... messages) throws IOException {
    var mailbox = fixtures.mailbox(fixtures.domain(), "ann");
    for (var message : messages) {
      deliver(mailbox, message);
    }
    return mailbox;
  }

  MailboxInfo with(String... messages) throws IOException {
    var octets = new byte[messages.length][];
    for (int i = 0; i < messages.length; i++) {
      octets[i] = messages[i].getBytes(StandardCharsets.UTF_8);
    }
    return with(octets);
  }

  void deliver(MailboxInfo mailbox, byte[] message) throws IOException {
    try (var blob = blobs.write()) {
      blob.write(message);
      var scanned = MessageSummary.scan(new ByteArrayInputStream(message));
      var kept = new NewMessage(blob.keep(), scanned, Set.of(), Instant.now());
      store.deliver(List.of(mailbox.id()), kept);
    }
  }

  TranscriptServer server() {
    return new TranscriptServer(
        port("pop3"), port("pop3s"), PostroomServer.certificates().clientContext());
  }

  int port(String listener) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(listener))
        .findFirst()
        .orElseThrow()
        .port();
  }
}
