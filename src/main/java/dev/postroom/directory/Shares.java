package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Mailboxes that several people of a customer use. Whole mailboxes are shared here; single folders
 * by mail programs (RFC 4314), which {@link #remove} takes back, too.
 */
@ApplicationScoped
public class Shares {
  private final Transactions transactions;
  private final Mailboxes mailboxes;
  private final Limits limits;
  private final Changed changed;
  private final DirectoryConfig config;
  private final Clock clock;

  Shares(
      Transactions transactions,
      Mailboxes mailboxes,
      Limits limits,
      Changed changed,
      DirectoryConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.mailboxes = mailboxes;
    this.limits = limits;
    this.changed = changed;
    this.config = config;
    this.clock = clock;
  }

  /** Those with whom the mailbox or a folder of it is shared, by address. */
  public List<ShareInfo> list(Viewer viewer, long mailboxId) {
    return transactions.call(
        () -> {
          mailboxes.find(viewer, mailboxId);
          var all = new ArrayList<ShareInfo>();
          entities(mailboxId).forEach(share -> all.add(share.info()));
          guestsOfFolders(mailboxId).stream()
              .filter(guest -> all.stream().noneMatch(one -> one.guestId() == guest.id))
              .map(
                  guest -> new ShareInfo(guest.id, guest.address(), guest.displayName, null, false))
              .forEach(all::add);
          all.sort(Comparator.comparing(share -> share.guest().toString()));
          return all;
        });
  }

  public ShareInfo find(Viewer viewer, long mailboxId, MailAddress guest) {
    return list(viewer, mailboxId).stream()
        .filter(share -> share.guest().sameMailboxAs(guest))
        .findFirst()
        .orElseThrow(Shares::none);
  }

  private static DirectoryProblem none() {
    return Problems.notFound("share");
  }

  private static List<MailboxShare> entities(long mailboxId) {
    return MailboxShare.list(
        "from MailboxShare share join fetch share.guest guest join fetch guest.domain domain"
            + " join fetch domain.account where share.mailbox.id = ?1",
        mailboxId);
  }

  private static List<Mailbox> guestsOfFolders(long mailboxId) {
    return Panache.getSession()
        .createNativeQuery(
            """
            select distinct g.* from folder_share s
              join folder f on f.id = s.folder_id
              join mailbox g on g.id = s.guest_id
            where f.mailbox_id = :mailbox and s.rights <> ''""",
            Mailbox.class)
        .setParameter("mailbox", mailboxId)
        .getResultList();
  }

  /** Shares the mailbox with somebody of the same customer, or changes how. */
  public ShareInfo put(
      Viewer viewer, long mailboxId, MailAddress guest, ShareLevel level, boolean maySendAs) {
    return transactions.call(
        () -> {
          var mailbox = locked(viewer, mailboxId);
          var shares = entities(mailboxId);
          var share =
              shares.stream()
                  .filter(one -> one.guest.address().sameMailboxAs(guest))
                  .findFirst()
                  .orElseGet(() -> added(mailbox, guest, shares.size()));
          share.rights = level.rights().letters();
          share.maySendAs = maySendAs;
          changed.updated(viewer, Subject.SHARE, mailboxId, name(mailbox, share.guest));
          return share.info();
        });
  }

  private MailboxShare added(Mailbox mailbox, MailAddress guest, int before) {
    if (before >= config.sharesPerMailbox()) {
      throw Problems.limit(
          "A mailbox is shared with at most " + config.sharesPerMailbox() + " others.");
    }
    var share = new MailboxShare();
    share.mailbox = mailbox;
    share.guest = guest(mailbox, guest);
    share.rights = "";
    share.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    share.persist();
    return share;
  }

  /** The same words for one of another customer's and for none at all. */
  private static Mailbox guest(Mailbox mailbox, MailAddress guest) {
    var found =
        Mailbox.<Mailbox>find(
                "localPart = ?1 and domain.name = ?2 and domain.account = ?3",
                guest.canonical().localPart(),
                guest.domain().ascii(),
                mailbox.domain.account)
            .<Mailbox>firstResultOptional()
            .orElseThrow(
                () ->
                    Problems.invalid(
                        "guest",
                        "'" + guest + "' is no mailbox of the same customer: nobody else can."));
    if (found.id.equals(mailbox.id)) {
      throw Problems.invalid("guest", "This is the mailbox itself.");
    }
    return found;
  }

  /** Takes everything back: the mailbox, its single folders, sending as it. */
  public void remove(Viewer viewer, long mailboxId, MailAddress guest) {
    transactions.run(
        () -> {
          var mailbox = locked(viewer, mailboxId);
          var share = find(viewer, mailboxId, guest);
          var left = Mailbox.<Mailbox>findById(share.guestId());
          MailboxShare.delete("mailbox = ?1 and guest = ?2", mailbox, left);
          Panache.getSession()
              .createNativeMutationQuery(
                  """
                  delete from folder_share where guest_id = :guest
                    and folder_id in (select id from folder where mailbox_id = :mailbox)""")
              .setParameter("guest", share.guestId())
              .setParameter("mailbox", mailboxId)
              .executeUpdate();
          changed.removing(viewer, Subject.SHARE, mailboxId, name(mailbox, left));
        });
  }

  private Mailbox locked(Viewer viewer, long mailboxId) {
    var seen = mailboxes.find(viewer, mailboxId);
    Rights.requireAtLeast(viewer, Role.CUSTOMER);
    limits.lock(seen.accountId());
    mailboxes.find(viewer, mailboxId); // it may be gone by now
    return Mailbox.findById(mailboxId);
  }

  private static String name(Mailbox mailbox, Mailbox guest) {
    return mailbox.address() + " with " + guest.address();
  }
}
