package dev.postroom.smtp;

import dev.postroom.store.MailStore;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What has arrived in mailboxes, for tests. */
@ApplicationScoped
class Inboxes {
  private final MailStore store;

  Inboxes(MailStore store) {
    this.store = store;
  }

  long count(long mailboxId) {
    return messages(mailboxId).size();
  }

  List<StoredMessage> messages(long mailboxId) {
    var mailbox = store.open(mailboxId);
    return mailbox
        .folder("INBOX")
        .map(inbox -> mailbox.messages(inbox.id(), UidSet.ALL))
        .orElse(List.of());
  }

  /** The octets of the newest message, each as the character of the same number. */
  String newest(long mailboxId) throws IOException {
    return octets(mailboxId, messages(mailboxId).getLast());
  }

  /** Every message, likewise. */
  List<String> all(long mailboxId) throws IOException {
    var all = new ArrayList<String>();
    for (var message : messages(mailboxId)) {
      all.add(octets(mailboxId, message));
    }
    return all;
  }

  private String octets(long mailboxId, StoredMessage message) throws IOException {
    try (var content = store.open(mailboxId).content(message.contentId());
        var octets = content.read()) {
      return new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
