package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import org.jspecify.annotations.Nullable;

/** Where one copy of a message goes. */
public sealed interface Destination {
  /**
   * Into a mailbox here.
   *
   * @param folder which the mailbox wants it in, when there is such a folder; null for the inbox
   */
  record Deliver(long mailboxId, MailAddress address, @Nullable String folder)
      implements Destination {
    Deliver(long mailboxId, MailAddress address) {
      this(mailboxId, address, null);
    }
  }

  /**
   * To another server.
   *
   * @param via the forwarder or catch-all that sends it there, null for the author's own recipient
   */
  record Relay(MailAddress address, @Nullable MailAddress via) implements Destination {}
}
