package dev.postroom.auth;

import dev.postroom.directory.Viewer;

/**
 * A password or token is new, or a token is gone: a CDI event, fired inside the transaction that
 * does it. It names whose it is and never the secret.
 */
public sealed interface CredentialChange {
  /** A mailbox has a new password. */
  record MailboxPassword(Viewer viewer, long mailboxId, String address)
      implements CredentialChange {}

  /** An account has a new password. */
  record AccountPassword(Viewer viewer, long accountId, String login) implements CredentialChange {}

  /** An account has one more API token. */
  record TokenCreated(Viewer viewer, long accountId, String login, String label)
      implements CredentialChange {}

  /** An API token is refused from now on. */
  record TokenRevoked(Viewer viewer, long accountId, String login, String label)
      implements CredentialChange {}
}
