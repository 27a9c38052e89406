package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.directory.DomainInfo.Control;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
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
  private final Clock clock;
  private final RandomGenerator random;

  Domains(
      Transactions transactions,
      Limits limits,
      Changed changed,
      Removal removal,
      Clock clock,
      RandomGenerator random) {
    this.transactions = transactions;
    this.limits = limits;
    this.changed = changed;
    this.removal = removal;
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

  /**
   * @param target null refuses mail for unknown local parts
   */
  public DomainInfo catchAll(Viewer viewer, long domainId, @Nullable MailAddress target) {
    return transactions.call(
        () -> {
          var domain = entity(viewer, domainId);
          domain.catchAll = target == null ? null : catchAllTarget(domain, target).toString();
          changed.updated(viewer, Subject.DOMAIN, domain.id, domain.name);
          return info(viewer, domainId);
        });
  }

  /** In the domain itself, an address that does not exist would only lead back to the catch-all. */
  private static MailAddress catchAllTarget(Domain domain, MailAddress target) {
    var checked = Inputs.target("target", target);
    var localPart = checked.canonical().localPart();
    if (checked.domain().equals(domain.domainName())
        && Mailbox.count("domain = ?1 and localPart = ?2", domain, localPart) == 0
        && Forwarder.count("domain = ?1 and localPart = ?2", domain, localPart) == 0) {
      throw Problems.invalid("target", "'" + checked + "' does not exist.");
    }
    return checked;
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
        "Domain domain join fetch domain.account account",
        Visible.byAccount(viewer),
        row -> row.get(0, Domain.class).info(row.get(1, Long.class), row.get(2, Long.class)));
  }
}
