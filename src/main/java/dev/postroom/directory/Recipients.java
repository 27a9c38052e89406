package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks recipients up: the hot path of every RCPT. */
@ApplicationScoped
public class Recipients {
  /** One look, no expansion of targets. */
  public Recipient resolve(MailAddress address) {
    throw new UnsupportedOperationException();
  }

  /** True when mail for the domain is delivered here. */
  public boolean isLocal(DomainName domain) {
    throw new UnsupportedOperationException();
  }

  /**
   * True when a login of this mailbox may use {@code address} as its sender: its own address, or a
   * forwarder that delivers to it.
   */
  public boolean maySendAs(long mailboxId, MailAddress address) {
    throw new UnsupportedOperationException();
  }

  /** What the mailbox's plan lets one message and one hour and day have. */
  public PlanLimits sendingLimits(long mailboxId) {
    throw new UnsupportedOperationException();
  }

  /** The mailbox's suspensions, its domain's and account's included. */
  public Suspension suspension(long mailboxId) {
    throw new UnsupportedOperationException();
  }
}
