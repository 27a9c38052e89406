package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import dev.postroom.sending.Refusal;

/** Whether a mailbox user may send a message now (RFC 6409 §3.3, §6.1). */
public sealed interface Permission {
  record Granted(Sender sender) implements Permission {}

  /** Sending is suspended. */
  record Suspended(String reason) implements Permission {}

  /** The sender address belongs to somebody else. */
  record NotYours(MailAddress address) implements Permission {}

  /** A limit is reached. */
  record TooMany(Refusal refusal) implements Permission {}
}
