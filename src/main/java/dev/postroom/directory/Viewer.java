package dev.postroom.directory;

import dev.postroom.mail.MailAddress;

/**
 * Who acts: the first argument of every service method, so that no query runs without its tenant.
 */
public sealed interface Viewer {
  /** Somebody with an account: administrator, reseller or customer. */
  record Person(long accountId, Role role, String login) implements Viewer {}

  /** The user of one mailbox. */
  record MailboxUser(long mailboxId, MailAddress address) implements Viewer {}

  /** Postroom itself: deliveries, clean-up, first start. Never made from a request. */
  record Server() implements Viewer {}

  Viewer SERVER = new Server();
}
