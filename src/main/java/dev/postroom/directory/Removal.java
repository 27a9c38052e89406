package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;

/**
 * Removes, telling the others of everything that goes before it goes. The account is locked by the
 * caller, so nothing is added meanwhile; foreign keys take the rows below along.
 */
@ApplicationScoped
class Removal {
  private final Changed changed;

  Removal(Changed changed) {
    this.changed = changed;
  }

  void account(Viewer viewer, Account account) {
    requireNoCustomers(account);
    requireAnotherAdministrator(account);
    for (var domain : Domain.<Domain>list("account", account)) {
      domain(viewer, domain);
    }
    changed.removing(viewer, Subject.ACCOUNT, account.id, account.login);
    Plan.delete("owner", account);
    delete("Account", account.id);
  }

  private static void requireNoCustomers(Account account) {
    if (Account.count("parent", account) > 0) {
      throw Problems.conflict("", "The reseller still has customers; remove them first.");
    }
  }

  private static void requireAnotherAdministrator(Account account) {
    if (account.role == Role.ADMINISTRATOR && lockedAdministrators() == 1) {
      throw Problems.conflict("", "The last administrator stays.");
    }
  }

  /** All of them, so that two administrators cannot remove each other at the same moment. */
  private static long lockedAdministrators() {
    return Account.<Account>find("role = ?1 order by id", Role.ADMINISTRATOR)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list()
        .size();
  }

  /** Not while something of it is suspended by somebody above the viewer. */
  void domain(Viewer viewer, Domain domain) {
    domain.suspension.requireLiftableBy(viewer);
    List<Mailbox> mailboxes = Mailbox.list("domain = ?1 order by id", domain);
    for (var mailbox : mailboxes) {
      mailbox.suspension.requireLiftableBy(viewer);
      changed.removing(
          viewer, Subject.MAILBOX, mailbox.id, domain.address(mailbox.localPart).toString());
    }
    changed.removing(viewer, Subject.DOMAIN, domain.id, domain.name);
    delete("Domain", domain.id);
  }

  /** A forwarder that kept its copy there goes on without one. */
  void mailbox(Viewer viewer, Mailbox mailbox) {
    Forwarder forwarder =
        Forwarder.find("domain = ?1 and localPart = ?2", mailbox.domain, mailbox.localPart)
            .firstResult();
    if (forwarder != null) {
      forwarder.keepCopy = false;
      changed.updated(viewer, Subject.FORWARDER, forwarder.id, forwarder.address().toString());
    }
    changed.removing(viewer, Subject.MAILBOX, mailbox.id, mailbox.address().toString());
    delete("Mailbox", mailbox.id);
  }

  void forwarder(Viewer viewer, Forwarder forwarder) {
    changed.removing(viewer, Subject.FORWARDER, forwarder.id, forwarder.address().toString());
    delete("Forwarder", forwarder.id);
  }

  void group(Viewer viewer, MailGroup group) {
    changed.removing(viewer, Subject.GROUP, group.id, group.address().toString());
    delete("MailGroup", group.id);
  }

  private static void delete(String entity, long id) {
    var session = Panache.getSession();
    session.flush();
    session.clear();
    session
        .createMutationQuery("delete from " + entity + " where id = :id")
        .setParameter("id", id)
        .executeUpdate();
  }
}
