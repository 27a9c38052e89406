package dev.postroom.directory;

/**
 * Something in the directory was changed: a CDI event, fired inside the transaction that changes
 * it, so that observers of removal can clean up in the same transaction.
 *
 * @param subject {@code DOMAIN}, {@code MAILBOX} ...
 * @param id of the subject; of the mailbox that is shared, for a share
 * @param name for people: the login, domain or address
 * @param detail what was changed, in words, or empty; never a secret
 */
public record DirectoryChange(
    Viewer viewer, Subject subject, Action action, long id, String name, String detail) {
  /** What was changed. */
  public enum Subject {
    ACCOUNT,
    PLAN,
    DOMAIN,
    MAILBOX,
    FORWARDER,
    DESTINATION,
    GROUP,
    SHARE
  }

  /** What was done to it. Removals are fired for each mailbox of a removed domain, too. */
  public enum Action {
    CREATED,
    UPDATED,
    SUSPENDED,
    RESUMED,
    REMOVED
  }
}
