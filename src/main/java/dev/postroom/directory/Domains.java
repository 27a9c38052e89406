package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.directory.DomainInfo.Control;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Domains. */
@ApplicationScoped
public class Domains {
  private static final int TOKEN_OCTETS = 16;

  private final Transactions transactions;
  private final Limits limits;
  private final Changed changed;
  private final Removal removal;
  private final Confirmations confirmations;
  private final Clock clock;
  private final RandomGenerator random;

  Domains(
      Transactions transactions,
      Limits limits,
      Changed changed,
      Removal removal,
      Confirmations confirmations,
      Clock clock,
      RandomGenerator random) {
    this.transactions = transactions;
    this.limits = limits;
    this.changed = changed;
    this.removal = removal;
    this.confirmations = confirmations;
    this.clock = clock;
    this.random = random;
  }

  public Listing<DomainInfo> list(Viewer viewer, PageRequest request) {
    return transactions.call(
        () ->
            infos(viewer)
                .search(request.search(), "domain.name", "domain.unicodeName", "account.login")
                .page(request, "domain.name"));
  }

  /** How many the viewer sees. */
  public long count(Viewer viewer) {
    return transactions.call(() -> infos(viewer).count());
  }

  /** Those that take no mail because their control is not proven yet. */
  public Listing<DomainInfo> unproven(Viewer viewer, PageRequest request) {
    return transactions.call(
        () ->
            infos(viewer)
                .where("domain.control = :control", "control", Control.UNPROVEN)
                .page(request, "domain.name"));
  }

  public DomainInfo find(Viewer viewer, long domainId) {
    return transactions.call(() -> info(viewer, domainId));
  }

  public DomainInfo findByName(Viewer viewer, DomainName name) {
    return transactions.call(
        () ->
            infos(viewer)
                .where("domain.name = :name", "name", name.ascii())
                .one()
                .orElseThrow(() -> Problems.notFound("domain")));
  }

  /**
   * @param accountId whose it becomes; null for the viewer's own account
   */
  public DomainInfo create(Viewer viewer, DomainName name, @Nullable Long accountId) {
    var checked = Inputs.domain(name);
    return transactions.call(
        () -> {
          var account = limits.lock(owner(viewer, accountId));
          limits.requireRoomForDomain(viewer, account);
          var domain = newDomain(checked, account);
          domain.control = initialControl(viewer);
          changed.insert(
              domain, "name", "The domain '" + checked.unicode() + "' exists on this server.");
          changed.created(viewer, Subject.DOMAIN, domain.id, domain.name);
          return domain.info(0, 0);
        });
  }

  private static long owner(Viewer viewer, @Nullable Long accountId) {
    if (accountId == null) {
      return switch (viewer) {
        case Viewer.Person(var own, _, _) -> own;
        case Viewer.Server _ -> throw Problems.invalid("accountId", "Whose domain is it?");
        case Viewer.MailboxUser _ -> throw Problems.forbidden("A mailbox has no domains.");
      };
    }
    return new DirectoryQuery<>(
            "account",
            "Account account",
            Visible.byAccount(viewer),
            row -> row.get(0, Account.class))
        .where("account.id = :id", "id", accountId)
        .one()
        .map(account -> account.id)
        .orElseThrow(() -> Problems.invalid("accountId", "There is no such account."));
  }

  private Domain newDomain(DomainName name, Account account) {
    var domain = new Domain();
    domain.account = account;
    domain.name = name.ascii();
    domain.unicodeName = name.unicode();
    domain.controlToken = token();
    domain.suspension = SuspensionState.NONE;
    domain.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return domain;
  }

  private String token() {
    var octets = new byte[TOKEN_OCTETS];
    random.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** Whoever may vouch for others does so by creating the domain. */
  private static Control initialControl(Viewer viewer) {
    return Rights.rank(viewer) >= Rights.rank(Role.RESELLER) ? Control.VOUCHED : Control.UNPROVEN;
  }

  /** A reseller or administrator answers for the customer. */
  public DomainInfo vouch(Viewer viewer, long domainId) {
    return transactions.call(
        () -> {
          var domain = entity(viewer, domainId);
          Rights.requireAtLeast(viewer, Role.RESELLER);
          if (domain.control == Control.UNPROVEN) {
            domain.control = Control.VOUCHED;
            changed.updated(viewer, Subject.DOMAIN, domain.id, domain.name);
          }
          return info(viewer, domainId);
        });
  }

  /** Control was seen in the DNS. Called by {@code dnscheck} alone, after looking. */
  public DomainInfo proven(Viewer viewer, long domainId) {
    return transactions.call(
        () -> {
          var domain = entity(viewer, domainId);
          if (domain.control != Control.PROVEN) {
            domain.control = Control.PROVEN;
            changed.updated(viewer, Subject.DOMAIN, domain.id, domain.name);
          }
          return info(viewer, domainId);
        });
  }

  public DomainInfo catchAll(Viewer viewer, long domainId, @Nullable MailAddress target) {
    return catchAll(viewer, domainId, target, false);
  }

  /**
   * @param target null refuses mail for unknown local parts; one elsewhere is asked first
   * @param vouched an administrator answers for a target elsewhere: nobody is asked
   */
  public DomainInfo catchAll(
      Viewer viewer, long domainId, @Nullable MailAddress target, boolean vouched) {
    return transactions.call(
        () -> {
          var domain = lockedForAddresses(viewer, domainId);
          domain.catchAll = target == null ? null : catchAllTarget(domain, target).toString();
          changed.updated(viewer, Subject.DOMAIN, domain.id, domain.name);
          if (domain.catchAll != null) {
            var all = List.of(domain.catchAll);
            confirmations.need(viewer, domain.account, all, domain.name, vouched);
          }
          return info(viewer, domainId);
        });
  }

  /** In the domain itself, an address that does not exist would only lead back to the catch-all. */
  private static MailAddress catchAllTarget(Domain domain, MailAddress target) {
    var checked = Inputs.target("target", target);
    var localPart = checked.canonical().localPart();
    if (checked.domain().equals(domain.domainName())
        && Mailbox.count("domain = ?1 and localPart = ?2", domain, localPart) == 0
        && Forwarder.count("domain = ?1 and localPart = ?2", domain, localPart) == 0
        && MailGroup.count("domain = ?1 and localPart = ?2", domain, localPart) == 0) {
      throw Problems.invalid("target", "'" + checked + "' does not exist.");
    }
    return checked;
  }

  /**
   * Makes every address of another domain of the same account work in this one, too.
   *
   * @param target null makes it a domain with addresses of its own again
   */
  public DomainInfo alias(Viewer viewer, long domainId, @Nullable DomainName target) {
    return transactions.call(
        () -> {
          var domain = locked(viewer, domainId);
          domain.aliasOf = target == null ? null : aliasTarget(domain, target);
          if (target != null) {
            domain.catchAll = null; // that of the other domain holds
          }
          changed.updated(viewer, Subject.DOMAIN, domain.id, domain.name);
          return info(viewer, domainId);
        });
  }

  /** One step only: so there are no circles. */
  private static Domain aliasTarget(Domain domain, DomainName name) {
    Domain target =
        Domain.find("name = ?1 and account = ?2", name.ascii(), domain.account).firstResult();
    if (target == null) {
      throw Problems.invalid(
          "of", "There is no domain '" + name.unicode() + "' of the same customer.");
    }
    if (target.id.equals(domain.id)) {
      throw Problems.invalid("of", "A domain cannot be an alias of itself.");
    }
    if (target.aliasOf != null) {
      throw Problems.invalid(
          "of",
          "'"
              + name.unicode()
              + "' is an alias itself: choose '"
              + target.aliasOf.unicodeName
              + "'.");
    }
    if (Domain.count("aliasOf", domain) > 0) {
      throw Problems.conflict(
          "of", "Other domains are aliases of this one: give them another domain first.");
    }
    if (Mailbox.count("domain", domain)
            + Forwarder.count("domain", domain)
            + MailGroup.count("domain", domain)
        > 0) {
      throw Problems.conflict(
          "of", "It has mailboxes, forwarders or groups of its own: remove them first.");
    }
    return target;
  }

  /** Domains in which every address of this one works, too. */
  public List<DomainName> aliases(Viewer viewer, long domainId) {
    return transactions.call(
        () ->
            Domain.<Domain>list("aliasOf = ?1 order by name", entity(viewer, domainId)).stream()
                .map(Domain::domainName)
                .toList());
  }

  public DomainInfo suspend(Viewer viewer, long domainId, Suspension suspension) {
    return transactions.call(
        () -> {
          var domain = entity(viewer, domainId);
          domain.suspension = domain.suspension.changedBy(viewer, suspension);
          changed.suspended(viewer, Subject.DOMAIN, domain.id, domain.name, domain.suspension);
          return info(viewer, domainId);
        });
  }

  /** Removes the domain with its mailboxes, their mail, and its forwarders. */
  public void remove(Viewer viewer, long domainId) {
    transactions.run(
        () -> {
          var domain = locked(viewer, domainId);
          removal.domain(viewer, domain);
        });
  }

  /** The domain, its account locked: read again behind the lock, for it may be gone by then. */
  Domain locked(Viewer viewer, long domainId) {
    long accountId =
        new DirectoryQuery<>(
                "account.id",
                "Domain domain join domain.account account",
                Visible.byAccount(viewer),
                row -> row.get(0, Long.class))
            .where("domain.id = :id", "id", domainId)
            .one()
            .orElseThrow(() -> Problems.notFound("domain"));
    limits.lock(accountId);
    return entity(viewer, domainId);
  }

  /** The same, for a domain that has addresses of its own. */
  Domain lockedForAddresses(Viewer viewer, long domainId) {
    var domain = locked(viewer, domainId);
    if (domain.aliasOf != null) {
      throw Problems.conflict(
          "domain",
          "'"
              + domain.unicodeName
              + "' is an alias: it has the addresses of '"
              + domain.aliasOf.unicodeName
              + "'.");
    }
    return domain;
  }

  private static DomainInfo info(Viewer viewer, long domainId) {
    return infos(viewer)
        .where("domain.id = :id", "id", domainId)
        .one()
        .orElseThrow(() -> Problems.notFound("domain"));
  }

  private static Domain entity(Viewer viewer, long domainId) {
    return new DirectoryQuery<>(
            "domain",
            "Domain domain join fetch domain.account account",
            Visible.byAccount(viewer),
            row -> row.get(0, Domain.class))
        .where("domain.id = :id", "id", domainId)
        .one()
        .orElseThrow(() -> Problems.notFound("domain"));
  }

  private static DirectoryQuery<DomainInfo> infos(Viewer viewer) {
    return new DirectoryQuery<>(
        "domain, (select count(*) from Mailbox m where m.domain = domain),"
            + " (select count(*) from Forwarder f where f.domain = domain)",
        "Domain domain join fetch domain.account account left join fetch domain.aliasOf",
        Visible.byAccount(viewer),
        row -> row.get(0, Domain.class).info(row.get(1, Long.class), row.get(2, Long.class)));
  }
}
