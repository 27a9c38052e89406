package dev.postroom.directory;

import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds accounts to their plans. What a reseller's plan allows is shared by the reseller and its
 * customers.
 *
 * <p>The account's row is locked first, its reseller's before it, so that calls side by side count
 * one after the other and nobody waits in a circle.
 */
@ApplicationScoped
class Limits {
  private static final String OWNED =
      "(%1$s.account.id = :account or %1$s.account.parent.id = :account)";

  /**
   * Locks an account for whatever creates or removes something of it. What was read before may have
   * changed meanwhile and is forgotten: read it again.
   */
  Account lock(long accountId) {
    Panache.getSession().flush();
    Panache.getSession().clear();
    var parent = parentOf(accountId);
    if (parent != null) {
      Account.findById(parent, LockModeType.PESSIMISTIC_WRITE);
    }
    Account account = Account.findById(accountId, LockModeType.PESSIMISTIC_WRITE);
    if (account == null) {
      throw Problems.notFound("account");
    }
    return account;
  }

  private static @Nullable Long parentOf(long accountId) {
    return Panache.getSession()
        .createSelectionQuery("select parent.id from Account where id = :id", Long.class)
        .setParameter("id", accountId)
        .getSingleResultOrNull();
  }

  void requireRoomForDomain(Viewer viewer, Account account) {
    for (var holder : holders(account)) {
      long allowed = holder.limits().domains();
      if (allowed != PlanLimits.UNLIMITED && domains(holder.id) >= allowed) {
        throw reached(viewer, holder, counted(allowed, "domain", "domains"));
      }
    }
  }

  /**
   * @param quotaOctets of the new mailbox
   */
  void requireRoomForMailbox(Viewer viewer, Account account, long quotaOctets) {
    for (var holder : holders(account)) {
      long allowed = holder.limits().mailboxes();
      if (allowed != PlanLimits.UNLIMITED && mailboxes(holder.id) >= allowed) {
        throw reached(viewer, holder, counted(allowed, "mailbox", "mailboxes"));
      }
    }
    requireStorage(viewer, account, quotaOctets);
  }

  /**
   * @param moreOctets beside the quotas that there are
   */
  void requireStorage(Viewer viewer, Account account, long moreOctets) {
    for (var holder : holders(account)) {
      long allowed = holder.limits().storageOctets();
      long used = allowed == PlanLimits.UNLIMITED ? 0 : quotas(holder.id);
      if (allowed != PlanLimits.UNLIMITED && moreOctets > allowed - used) {
        throw reached(
            viewer,
            holder,
            Octets.text(allowed)
                + " of storage, of which "
                + Octets.text(Math.max(0, allowed - used))
                + " are left");
      }
    }
  }

  void requireRoomForForwarder(Viewer viewer, Account account) {
    for (var holder : holders(account)) {
      long allowed = holder.limits().forwarders();
      if (allowed != PlanLimits.UNLIMITED && forwarders(holder.id) >= allowed) {
        throw reached(
            viewer, holder, counted(allowed, "forwarder or group", "forwarders and groups"));
      }
    }
  }

  AccountUse use(Account account) {
    return new AccountUse(
        account.limits(),
        domains(account.id),
        mailboxes(account.id),
        forwarders(account.id),
        quotas(account.id));
  }

  /** Whose plans speak: the account's own and its reseller's. */
  private static List<Account> holders(Account account) {
    return account.parent == null ? List.of(account) : List.of(account, account.parent);
  }

  private static long domains(long accountId) {
    return number(
        "select count(*) from Domain domain where " + OWNED.formatted("domain"), accountId);
  }

  private static long mailboxes(long accountId) {
    return number(
        "select count(*) from Mailbox mailbox join mailbox.domain domain where "
            + OWNED.formatted("domain"),
        accountId);
  }

  /** Groups are forwarders to a plan. */
  private static long forwarders(long accountId) {
    return addresses("Forwarder", accountId) + addresses("MailGroup", accountId);
  }

  private static long addresses(String entity, long accountId) {
    return number(
        "select count(*) from "
            + entity
            + " address join address.domain domain where "
            + OWNED.formatted("domain"),
        accountId);
  }

  private static long quotas(long accountId) {
    return number(
        "select coalesce(sum(mailbox.quotaOctets), 0) from Mailbox mailbox join mailbox.domain"
            + " domain where "
            + OWNED.formatted("domain"),
        accountId);
  }

  private static long number(String hql, long accountId) {
    return Panache.getSession()
        .createSelectionQuery(hql, Long.class)
        .setParameter("account", accountId)
        .getSingleResult();
  }

  private static String counted(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static DirectoryProblem reached(Viewer viewer, Account holder, String allowed) {
    if (Rights.isSelf(viewer, holder)) {
      return Problems.limit("Your plan allows " + allowed + ".");
    }
    if (Rights.rank(viewer) <= Rights.rank(Role.CUSTOMER)) {
      return Problems.limit("Your provider's own limit is reached; please ask there for more.");
    }
    return Problems.limit("The plan of " + holder.login + " allows " + allowed + ".");
  }
}
