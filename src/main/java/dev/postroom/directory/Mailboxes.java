package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Mailboxes. Their passwords are {@code auth}'s, their mail is {@code store}'s. */
@ApplicationScoped
public class Mailboxes {
  private static final String FROM =
      "Mailbox mailbox join fetch mailbox.domain domain join fetch domain.account account"
          + " left join fetch account.parent";

  private final Transactions transactions;
  private final Domains domains;
  private final Limits limits;
  private final Changed changed;
  private final Removal removal;
  private final DirectoryConfig config;
  private final Clock clock;

  Mailboxes(
      Transactions transactions,
      Domains domains,
      Limits limits,
      Changed changed,
      Removal removal,
      DirectoryConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.domains = domains;
    this.limits = limits;
    this.changed = changed;
    this.removal = removal;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @param domainId null for those of all domains that the viewer sees
   */
  public Listing<MailboxInfo> list(Viewer viewer, @Nullable Long domainId, PageRequest request) {
    return transactions.call(
        () -> {
          var query =
              entities(viewer)
                  .search(
                      request.search(),
                      "concat(mailbox.localPart, '@', domain.name)",
                      "concat(mailbox.localPart, '@', domain.unicodeName)",
                      "mailbox.displayName");
          if (domainId != null) {
            query.where("domain.id = :domain", "domain", domainId);
          }
          return query.pageByDomain(request, "mailbox.localPart").map(Mailbox::info);
        });
  }

  /** How many the viewer sees. */
  public long count(Viewer viewer) {
    return transactions.call(() -> entities(viewer).count());
  }

  public MailboxInfo find(Viewer viewer, long mailboxId) {
    return transactions.call(() -> entity(viewer, mailboxId).info());
  }

  public MailboxInfo findByAddress(Viewer viewer, MailAddress address) {
    return transactions.call(
        () ->
            entities(viewer)
                .where("domain.name = :name", "name", address.domain().ascii())
                .where("mailbox.localPart = :local", "local", address.canonical().localPart())
                .one()
                .map(Mailbox::info)
                .orElseThrow(() -> Problems.notFound("mailbox")));
  }

  /**
   * @param quotaOctets null for the default
   */
  public MailboxInfo create(
      Viewer viewer,
      long domainId,
      String localPart,
      String displayName,
      @Nullable Long quotaOctets) {
    return transactions.call(
        () -> {
          var domain = domains.lockedForAddresses(viewer, domainId);
          var mailbox = new Mailbox();
          mailbox.domain = domain;
          mailbox.localPart = Inputs.localPart(localPart);
          mailbox.displayName = Inputs.line("displayName", displayName, Inputs.MAX_NAME);
          mailbox.quotaOctets =
              quotaOctets == null ? defaultQuotaOctets() : Inputs.quota(quotaOctets);
          mailbox.suspension = SuspensionState.NONE;
          mailbox.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
          requireFree(mailbox);
          limits.requireRoomForMailbox(viewer, domain.account, mailbox.quotaOctets);
          changed.insert(mailbox, "localPart", exists(mailbox));
          changed.created(viewer, Subject.MAILBOX, mailbox.id, mailbox.address().toString());
          return mailbox.info();
        });
  }

  /** The quota of a mailbox for which none was asked. */
  public long defaultQuotaOctets() {
    return config.defaultQuota().asLongValue();
  }

  private static void requireFree(Mailbox wanted) {
    if (Mailbox.count("domain = ?1 and localPart = ?2", wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", exists(wanted));
    }
    if (Forwarder.count("domain = ?1 and localPart = ?2", wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict(
          "localPart",
          "There is a forwarder '"
              + wanted.address()
              + "'. Remove it, create the mailbox, then create it again with a copy kept.");
    }
    if (MailGroup.count("domain = ?1 and localPart = ?2", wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", "There is a group '" + wanted.address() + "' already.");
    }
  }

  private static String exists(Mailbox wanted) {
    return "There is a mailbox '" + wanted.address() + "' already.";
  }

  /** The user of the mailbox may change its display name, nothing else. */
  public MailboxInfo update(Viewer viewer, long mailboxId, String displayName, long quotaOctets) {
    return transactions.call(
        () -> {
          var mailbox = entity(viewer, mailboxId);
          if (quotaOctets != mailbox.quotaOctets) {
            mailbox = resized(viewer, mailbox, Inputs.quota(quotaOctets));
          }
          mailbox.displayName = Inputs.line("displayName", displayName, Inputs.MAX_NAME);
          changed.updated(viewer, Subject.MAILBOX, mailbox.id, mailbox.address().toString());
          return mailbox.info();
        });
  }

  /** Whether mail for {@code ann+shop@} goes to the folder {@code shop}, when there is one. */
  public MailboxInfo fileByDetail(Viewer viewer, long mailboxId, boolean detailFolders) {
    return transactions.call(
        () -> {
          var mailbox = entity(viewer, mailboxId);
          if (mailbox.detailFolders != detailFolders) {
            mailbox.detailFolders = detailFolders;
            changed.updated(viewer, Subject.MAILBOX, mailbox.id, mailbox.address().toString());
          }
          return mailbox.info();
        });
  }

  private Mailbox resized(Viewer viewer, Mailbox mailbox, long quotaOctets) {
    Rights.requireAtLeast(viewer, Role.CUSTOMER);
    var account = limits.lock(mailbox.domain.account.id);
    var current = entity(viewer, mailbox.id); // it may have changed while this one waited
    if (quotaOctets > current.quotaOctets) {
      limits.requireStorage(viewer, account, quotaOctets - current.quotaOctets);
    }
    current.quotaOctets = quotaOctets;
    return current;
  }

  public MailboxInfo suspend(Viewer viewer, long mailboxId, Suspension suspension) {
    return transactions.call(
        () -> {
          var mailbox = entity(viewer, mailboxId);
          Rights.requireAtLeast(viewer, Role.CUSTOMER);
          mailbox.suspension = mailbox.suspension.changedBy(viewer, suspension);
          changed.suspended(
              viewer,
              Subject.MAILBOX,
              mailbox.id,
              mailbox.address().toString(),
              mailbox.suspension);
          return mailbox.info();
        });
  }

  /** Removes the mailbox with its mail. */
  public void remove(Viewer viewer, long mailboxId) {
    transactions.run(
        () -> {
          var seen = entity(viewer, mailboxId);
          Rights.requireAtLeast(viewer, Role.CUSTOMER);
          limits.lock(seen.domain.account.id);
          var mailbox = entity(viewer, mailboxId); // it may be gone by now
          mailbox.suspension.requireLiftableBy(viewer);
          removal.mailbox(viewer, mailbox);
        });
  }

  private static Mailbox entity(Viewer viewer, long mailboxId) {
    return entities(viewer)
        .where("mailbox.id = :id", "id", mailboxId)
        .one()
        .orElseThrow(() -> Problems.notFound("mailbox"));
  }

  private static DirectoryQuery<Mailbox> entities(Viewer viewer) {
    return new DirectoryQuery<>(
        "mailbox", FROM, Visible.mailboxes(viewer), row -> row.get(0, Mailbox.class));
  }
}
