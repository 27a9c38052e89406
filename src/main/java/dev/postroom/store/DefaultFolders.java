package dev.postroom.store;

import dev.postroom.directory.DirectoryChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a new mailbox starts with: INBOX and one folder for each {@link SpecialUse}. */
@ApplicationScoped
class DefaultFolders {
  private final Transactions transactions;
  private final Changes changes;
  private final Clock clock;

  @Inject
  DefaultFolders(Transactions transactions, Changes changes, Clock clock) {
    this.transactions = transactions;
    this.changes = changes;
    this.clock = clock;
  }

  /** In the transaction that changes the directory. */
  void onChange(@Observes DirectoryChange change) {
    if (change.subject() != DirectoryChange.Subject.MAILBOX) {
      return;
    }
    switch (change.action()) {
      case CREATED -> transactions.write(connection -> ensure(connection, change.id()));
      case REMOVED -> transactions.write(connection -> abandon(connection, change.id()));
      case UPDATED, SUSPENDED, RESUMED -> {}
    }
  }

  /** Its folders belong to nobody now; {@link ReleasedSweep} clears them away. */
  private boolean abandon(Connection connection, long mailboxId) throws SQLException {
    changes.touched(
        Sql.of("select id from folder where mailbox_id = ?", mailboxId)
            .list(connection, row -> row.getLong(1)));
    Sql.of("update folder set mailbox_id = null where mailbox_id = ?", mailboxId)
        .update(connection);
    return true;
  }

  /** Makes them unless there is an INBOX already. */
  boolean ensure(Connection connection, long mailboxId) throws SQLException {
    Sql.of(
            """
            insert into mailbox_usage (mailbox_id, octets, messages, last_uid_validity)
            select id, 0, 0, 0 from mailbox where id = ?
            on duplicate key update mailbox_usage.mailbox_id = mailbox_usage.mailbox_id""",
            mailboxId)
        .update(connection);
    var locked =
        Sql.of("select 1 from mailbox_usage where mailbox_id = ? for update", mailboxId)
            .list(connection, row -> row.getInt(1));
    if (locked.isEmpty()) {
      throw new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such mailbox");
    }
    var inbox =
        Sql.of(
                "select 1 from folder where mailbox_id = ? and name = ?",
                mailboxId,
                FolderNames.INBOX)
            .list(connection, row -> row.getInt(1));
    if (inbox.isEmpty()) {
      make(connection, mailboxId);
    }
    return inbox.isEmpty();
  }

  private void make(Connection connection, long mailboxId) throws SQLException {
    var names = new ArrayList<String>();
    names.add(FolderNames.INBOX);
    var insert = newFolders();
    long uidValidity = UsageLedger.nextUidValidity(connection, mailboxId, clock);
    addRow(insert, true, mailboxId, FolderNames.INBOX, null, uidValidity);
    for (var use : SpecialUse.values()) {
      var name = nameOf(use);
      names.add(name);
      addRow(insert, false, mailboxId, name, use, uidValidity);
    }
    insert.update(connection);
    subscribe(connection, mailboxId, names);
  }

  private static String nameOf(SpecialUse use) {
    return use.name().charAt(0) + use.name().substring(1).toLowerCase(Locale.ROOT);
  }

  static Sql newFolders() {
    return Sql.of(
        """
        insert into folder (mailbox_id, name, special_use, uid_validity, uid_next,
          highest_modseq, forgotten_modseq, messages, octets, unseen, deleted)
        values""");
  }

  static void addRow(
      Sql insert,
      boolean first,
      long mailboxId,
      String name,
      @Nullable SpecialUse use,
      long uidValidity) {
    var useName = use == null ? null : use.name();
    insert.row(first, mailboxId, name, useName, uidValidity, 1, 1, 0, 0, 0, 0, 0);
  }

  private static void subscribe(Connection connection, long mailboxId, List<String> names)
      throws SQLException {
    var insert = Sql.of("insert ignore into subscription (mailbox_id, name) values");
    for (int i = 0; i < names.size(); i++) {
      insert.row(i == 0, mailboxId, names.get(i));
    }
    insert.update(connection);
  }
}
