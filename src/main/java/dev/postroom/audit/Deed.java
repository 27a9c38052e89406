package dev.postroom.audit;

import org.jspecify.annotations.Nullable;

/**
 * What was done.
 *
 * @param action for programs and people: {@code mailbox.created}
 * @param subject what it was done to: an address, a domain, a login
 * @param detail in words, or empty; never a secret
 * @param owner of what kind {@code ownerId} is
 * @param ownerId decides who may read of it; null: administrators only
 * @param messages how many it touched; null where none are meant
 */
public record Deed(
    String action,
    String subject,
    String detail,
    Owner owner,
    @Nullable Long ownerId,
    @Nullable Long messages) {
  /** What an id names; the account above it is looked up when the entry is written. */
  public enum Owner {
    ACCOUNT("?"),
    PLAN("(SELECT owner_id FROM plan WHERE id = ?)"),
    DOMAIN("(SELECT account_id FROM domain WHERE id = ?)"),
    MAILBOX(
        "(SELECT d.account_id FROM mailbox m JOIN domain d ON d.id = m.domain_id WHERE m.id = ?)"),
    FORWARDER(
        "(SELECT d.account_id FROM forwarder f JOIN domain d ON d.id = f.domain_id"
            + " WHERE f.id = ?)"),
    GROUP(
        "(SELECT d.account_id FROM mail_group g JOIN domain d ON d.id = g.domain_id"
            + " WHERE g.id = ?)"),
    DESTINATION("(SELECT account_id FROM destination WHERE id = ?)");

    final String account;

    Owner(String account) {
      this.account = account;
    }
  }

  /** Something of an account's, or of the operator's. */
  public Deed(String action, String subject, String detail, @Nullable Long accountId) {
    this(action, subject, detail, Owner.ACCOUNT, accountId, null);
  }

  public Deed of(Owner kind, long id) {
    return new Deed(action, subject, detail, kind, id, messages);
  }

  public Deed touching(long count) {
    return new Deed(action, subject, detail, owner, ownerId, count);
  }
}
