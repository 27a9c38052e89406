package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recipient address means to the directory. */
public sealed interface Recipient {
  /** A mailbox here that takes mail. */
  record Local(long mailboxId, MailAddress address) implements Recipient {}

  /**
   * A forwarder.
   *
   * @param mailboxId the mailbox that keeps a copy, null for none
   */
  record Forwarded(
      long forwarderId, MailAddress address, List<MailAddress> targets, @Nullable Long mailboxId)
      implements Recipient {}

  /** No such local part, but the domain has a catch-all. */
  record CatchAll(MailAddress address, MailAddress target) implements Recipient {}

  /** The domain is ours, receiving is suspended for the mailbox, domain or account. */
  record Suspended(MailAddress address) implements Recipient {}

  /** The domain is ours, the local part unknown. */
  record Unknown(MailAddress address) implements Recipient {}

  /** The domain is not ours, or not proven to be. */
  record Elsewhere(MailAddress address) implements Recipient {}
}
