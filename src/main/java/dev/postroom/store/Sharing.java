package dev.postroom.store;

import dev.postroom.directory.DirectoryChange;
import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Who may do what in whose folders (RFC 4314). Rights in a mailbox hold in all its folders that
 * have none of their own for that guest. Every question compares the accounts: owner and guest are
 * mailboxes of one customer.
 *
 * <p>Any thread. {@link #generation} changes whenever rights have; what was asked before may be old
 * then.
 */
@ApplicationScoped
public class Sharing {
  private static final String FOLDERS =
      """
      select m.id, m.local_part, d.name, coalesce(fs.rights, ms.rights),
        f.id, f.name, f.uid_validity, f.uid_next, f.highest_modseq
      from (
          select mailbox_id from mailbox_share where guest_id = ?
          union
          select f0.mailbox_id from folder_share s0 join folder f0 on f0.id = s0.folder_id
          where s0.guest_id = ?) shared
        join mailbox m on m.id = shared.mailbox_id
        join domain d on d.id = m.domain_id
        join mailbox g on g.id = ?
        join domain gd on gd.id = g.domain_id and gd.account_id = d.account_id
        join folder f on f.mailbox_id = m.id
        left join mailbox_share ms on ms.mailbox_id = m.id and ms.guest_id = g.id
        left join folder_share fs on fs.folder_id = f.id and fs.guest_id = g.id
      where coalesce(fs.rights, ms.rights, '') <> ''
      """;

  private final Transactions transactions;
  private final Changes changes;
  private final AtomicLong generation = new AtomicLong();

  @Inject
  Sharing(Transactions transactions, Changes changes) {
    this.transactions = transactions;
    this.changes = changes;
  }

  /** Of the rights as they are known on this node. */
  public long generation() {
    return generation.get();
  }

  /** Folders of others in which this mailbox's user has any right, by owner and name. */
  public List<SharedFolder> folders(long guestId) {
    return transactions.read(
        connection ->
            of(guestId).add(" order by d.name, m.local_part, f.name").list(connection, this::row));
  }

  /** The one of that name in that mailbox; empty when there is none or no right in it. */
  public Optional<SharedFolder> folder(long guestId, MailAddress owner, String name) {
    var canonical = owner.canonical();
    return first(
        of(guestId)
            .add(
                " and d.name = ? and m.local_part = ? and f.name = ?",
                canonical.domain().ascii(),
                canonical.localPart(),
                FolderNames.canonical(name)));
  }

  /** What the user of a mailbox may do in a folder of another. */
  public FolderRights rights(long guestId, long folderId) {
    return first(of(guestId).add(" and f.id = ?", folderId))
        .map(SharedFolder::rights)
        .orElse(FolderRights.NONE);
  }

  private static Sql of(long guestId) {
    return Sql.of(FOLDERS, guestId, guestId, guestId);
  }

  private Optional<SharedFolder> first(Sql query) {
    return transactions.read(connection -> query.list(connection, this::row)).stream().findFirst();
  }

  private SharedFolder row(ResultSet row) throws SQLException {
    var folder =
        new FolderInfo(
            row.getLong(5),
            row.getString(6),
            null, // RFC 6154 §2: whose Sent it is, only its owner's programs need to know
            false,
            false,
            row.getLong(7),
            row.getLong(8),
            row.getLong(9));
    return new SharedFolder(
        row.getLong(1), address(row, 2), folder, FolderRights.parse(row.getString(4)));
  }

  private static MailAddress address(ResultSet row, int first) throws SQLException {
    return new MailAddress(row.getString(first), new DomainName(row.getString(first + 1)));
  }

  /**
   * A mailbox of which something is shared with a guest.
   *
   * @param rights those in the mailbox as a whole, which may be none
   */
  public record SharedMailbox(long mailboxId, MailAddress owner, FolderRights rights) {}

  /** Empty when nothing of it is shared with the guest, or there is no such mailbox. */
  public Optional<SharedMailbox> mailbox(long guestId, MailAddress owner) {
    var canonical = owner.canonical();
    return transactions
        .read(
            connection ->
                Sql.of(
                        """
                        select m.id, m.local_part, d.name, coalesce(ms.rights, '')
                        from domain d
                          join mailbox m on m.domain_id = d.id
                          join mailbox g on g.id = ?
                          join domain gd on gd.id = g.domain_id and gd.account_id = d.account_id
                          left join mailbox_share ms on ms.mailbox_id = m.id and ms.guest_id = g.id
                        where d.name = ? and m.local_part = ? and (ms.rights <> ''
                          or exists (select 1 from folder f
                            join folder_share fs on fs.folder_id = f.id and fs.guest_id = g.id
                            where f.mailbox_id = m.id and fs.rights <> ''))""",
                        guestId,
                        canonical.domain().ascii(),
                        canonical.localPart())
                    .list(
                        connection,
                        row ->
                            new SharedMailbox(
                                row.getLong(1),
                                address(row, 2),
                                FolderRights.parse(row.getString(4)))))
        .stream()
        .findFirst();
  }

  /** What others may do in a folder, by address; its owner, who may do everything, is not in it. */
  public Map<String, FolderRights> guests(long mailboxId, long folderId) {
    return transactions.read(
        connection -> {
          var guests = new TreeMap<String, FolderRights>();
          entries(mailboxId, folderId)
              .forEach(
                  connection,
                  row ->
                      guests.put(address(row, 2).toString(), FolderRights.parse(row.getString(4))));
          guests.values().removeIf(FolderRights::isEmpty);
          return guests;
        });
  }

  private static Sql entries(long mailboxId, long folderId) {
    return Sql.of(
        """
        select g.id, g.local_part, gd.name, coalesce(fs.rights, ms.rights)
        from (
            select guest_id from mailbox_share where mailbox_id = ?
            union
            select guest_id from folder_share where folder_id = ?) shared
          join mailbox g on g.id = shared.guest_id
          join domain gd on gd.id = g.domain_id
          join mailbox m on m.id = ?
          join domain d on d.id = m.domain_id and d.account_id = gd.account_id
          left join mailbox_share ms on ms.mailbox_id = m.id and ms.guest_id = g.id
          left join folder_share fs on fs.folder_id = ? and fs.guest_id = g.id
        """,
        mailboxId,
        folderId,
        mailboxId,
        folderId);
  }

  /**
   * Changes what somebody may do in a folder.
   *
   * @param actorId the mailbox whose user does so: the folder's own, or one that may administer it
   * @return false when the guest is no mailbox of the same customer
   */
  public boolean change(
      long actorId,
      long mailboxId,
      long folderId,
      MailAddress guest,
      UnaryOperator<FolderRights> change) {
    return transactions.write(
        connection -> {
          lockAccount(connection, mailboxId);
          if (actorId != mailboxId) {
            requireAdministrator(connection, actorId, folderId);
          }
          LockedFolder.lock(connection, mailboxId, folderId);
          var guestId = guest(connection, mailboxId, guest);
          if (guestId.isEmpty()) {
            return false;
          }
          var before =
              entries(mailboxId, folderId)
                  .add(" where g.id = ?", guestId.get())
                  .list(connection, row -> FolderRights.parse(row.getString(4)))
                  .stream()
                  .findFirst()
                  .orElse(FolderRights.NONE);
          set(connection, folderId, guestId.get(), change.apply(before));
          changed(List.of(folderId));
          return true;
        });
  }

  /**
   * As the directory does before it shares a mailbox or takes that back: whoever is just losing his
   * rights cannot give them to himself again.
   */
  private static void lockAccount(Connection connection, long mailboxId) throws SQLException {
    var accountIds =
        Sql.of(
                """
                select d.account_id from mailbox m join domain d on d.id = m.domain_id
                where m.id = ?""",
                mailboxId)
            .list(connection, row -> row.getLong(1));
    for (long id : accountIds) {
      Sql.of("select id from account where id = ? for update", id).forEach(connection, _ -> {});
    }
  }

  private void requireAdministrator(Connection connection, long actorId, long folderId)
      throws SQLException {
    var rights =
        of(actorId).add(" and f.id = ?", folderId).list(connection, this::row).stream()
            .map(SharedFolder::rights)
            .findFirst()
            .orElse(FolderRights.NONE);
    if (!rights.has(FolderRight.ADMINISTER)) {
      throw rights.has(FolderRight.LOOKUP)
          ? new StoreProblem(StoreProblem.Kind.NOPERM, "you have no right to do that here")
          : new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such folder");
    }
  }

  private static Optional<Long> guest(Connection connection, long mailboxId, MailAddress guest)
      throws SQLException {
    var canonical = guest.canonical();
    return Sql.of(
            """
            select g.id from mailbox m
              join domain d on d.id = m.domain_id
              join domain gd on gd.account_id = d.account_id and gd.name = ?
              join mailbox g on g.domain_id = gd.id and g.local_part = ?
            where m.id = ? and g.id <> m.id""",
            canonical.domain().ascii(),
            canonical.localPart(),
            mailboxId)
        .list(connection, row -> row.getLong(1))
        .stream()
        .findFirst();
  }

  private static void set(Connection connection, long folderId, long guestId, FolderRights rights)
      throws SQLException {
    Sql.of(
            """
            insert into folder_share (folder_id, guest_id, rights) values (?, ?, ?)
            on duplicate key update rights = ?""",
            folderId,
            guestId,
            rights.letters(),
            rights.letters())
        .update(connection);
    // none in one folder means something only where there are some in the mailbox
    Sql.of(
            """
            delete s from folder_share s join folder f on f.id = s.folder_id
            where s.folder_id = ? and s.guest_id = ? and s.rights = '' and not exists (
              select 1 from mailbox_share m
              where m.mailbox_id = f.mailbox_id and m.guest_id = s.guest_id)""",
            folderId,
            guestId)
        .update(connection);
  }

  /**
   * RFC 4314 §4: new folders have the rights of the one above them. Its rows are locked: who takes
   * rights back waits, and takes these back, too.
   */
  static void inherit(
      Connection connection, long mailboxId, long fromFolderId, Collection<String> newFolders)
      throws SQLException {
    Sql.of(
            """
            insert into folder_share (folder_id, guest_id, rights)
            select f.id, s.guest_id, s.rights
            from folder_share s join folder f on f.mailbox_id = ? and s.folder_id = ?
            where f.name in \
            """,
            mailboxId,
            fromFolderId)
        .in(newFolders)
        .add(" lock in share mode")
        .update(connection);
  }

  /** RFC 4314 §4: they end with their folder. */
  static void removeAll(Connection connection, long folderId) throws SQLException {
    Sql.of("delete from folder_share where folder_id = ?", folderId).update(connection);
  }

  /** A mailbox was shared, or is no longer: whoever has a folder of it open is to look again. */
  void onChange(@Observes DirectoryChange change) {
    if (change.subject() == DirectoryChange.Subject.SHARE) {
      changed(
          transactions.read(
              connection ->
                  Sql.of("select id from folder where mailbox_id = ?", change.id())
                      .list(connection, row -> row.getLong(1))));
    }
  }

  private void changed(List<Long> folderIds) {
    transactions.onCommit(
        () -> {
          generation.incrementAndGet(); // first: who is woken looks at it
          folderIds.forEach(changes::announceFolder);
        });
  }
}
