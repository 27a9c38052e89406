package dev.postroom.store;

import dev.postroom.store.FlagEdit.Effect;
import dev.postroom.store.LiveFolder.Stored;
import dev.postroom.store.MailboxStore.FlagChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** STORE: the same change for many messages, as bits. */
@ApplicationScoped
class Flagging {
  private final Transactions transactions;
  private final Changes changes;

  @Inject
  Flagging(Transactions transactions, Changes changes) {
    this.transactions = transactions;
    this.changes = changes;
  }

  /**
   * What a change has done.
   *
   * @param modSeq of the messages that it changed; 0 when it changed none
   * @param rows all messages it was for, as they are now
   * @param leftOut those with too high a MODSEQ
   */
  private record Done(long modSeq, List<IndexRow> rows, UidSet leftOut, Keywords keywords) {}

  /** Gives the messages as they are now. */
  List<StoredMessage> store(
      Connection connection,
      long mailboxId,
      long folderId,
      UidSet uids,
      FlagChange change,
      Set<String> flags)
      throws SQLException {
    var done = edit(connection, mailboxId, folderId, uids, change, flags, Long.MAX_VALUE);
    return done.rows().stream().map(row -> row.message(done.keywords())).toList();
  }

  /** See {@link LiveFolder#store}. */
  Stored store(
      long mailboxId,
      long folderId,
      UidSet uids,
      FlagChange change,
      Set<String> flags,
      long unchangedSince) {
    return transactions.write(
        connection -> {
          var done = edit(connection, mailboxId, folderId, uids, change, flags, unchangedSince);
          return new Stored(done.modSeq(), done.leftOut());
        });
  }

  /**
   * Changes flags if nothing else has changed in the folder since: one statement, which is its own
   * transaction. Nobody is told.
   */
  boolean storeIfUnchanged(
      long mailboxId, long folderId, long modSeq, UidSet uids, FlagEdit edit, Effect effect) {
    var statement =
        Sql.of(
            """
            update folder f straight_join message m on m.folder_id = f.id
            set f.highest_modseq = ?, f.unseen = f.unseen + ?, f.deleted = f.deleted + ?,
              m.flags = m.flags & ? | ?, m.modseq = ?
            where f.id = ? and f.mailbox_id = ? and f.highest_modseq = ?
              and m.flags <> (m.flags & ? | ?) and m.modseq <= ?""",
            modSeq + 1,
            effect.unseen(),
            effect.deleted(),
            edit.keep(),
            edit.set(),
            modSeq + 1,
            folderId,
            mailboxId,
            modSeq,
            edit.keep(),
            edit.set(),
            edit.unchangedSince());
    UidCondition.of(uids).forEach(condition -> statement.add(" and ").add(condition));
    return transactions.alone(statement::update) > 0;
  }

  private Done edit(
      Connection connection,
      long mailboxId,
      long folderId,
      UidSet uids,
      FlagChange change,
      Set<String> flags,
      long unchangedSince)
      throws SQLException {
    var folder = LockedFolder.lock(connection, mailboxId, folderId);
    var rows = IndexRow.list(connection, folder, uids, 0);
    var keywords = Keywords.read(connection, folderId);
    if (rows.isEmpty()) {
      return new Done(0, rows, UidSet.EMPTY, keywords);
    }
    long bits =
        change == FlagChange.REMOVE
            ? keywords.encode(flags)
            : keywords.define(connection, folderId, flags);
    var edit = FlagEdit.of(change, bits, unchangedSince);
    var now = apply(connection, folder, uids, rows, edit);
    boolean changed = now.stream().anyMatch(row -> row.modSeq() == folder.modSeq());
    if (changed) {
      changes.note(mailboxId, new MailboxNotice.Flags(folderId));
    }
    var leftOut = rows.stream().filter(row -> !edit.isFor(row.modSeq())).toList();
    return new Done(changed ? folder.modSeq() : 0, now, IndexRow.uids(leftOut), keywords);
  }

  private List<IndexRow> apply(
      Connection connection, LockedFolder folder, UidSet uids, List<IndexRow> rows, FlagEdit change)
      throws SQLException {
    var before = new ArrayList<IndexRow>();
    var after = new ArrayList<IndexRow>();
    var all = new ArrayList<IndexRow>(rows.size());
    for (var row : rows) {
      long flags = change.apply(row.flags());
      if (flags == row.flags() || !change.isFor(row.modSeq())) {
        all.add(row);
      } else {
        var changed = row.with(flags, folder.modSeq());
        before.add(row);
        after.add(changed);
        all.add(changed);
      }
    }
    if (!after.isEmpty()) {
      update(connection, folder, uids, change);
      folder.changed(Tally.of(before), Tally.of(after));
      folder.save(connection);
    }
    return all;
  }

  private static void update(
      Connection connection, LockedFolder folder, UidSet uids, FlagEdit change)
      throws SQLException {
    for (var condition : UidCondition.of(uids)) {
      Sql.of(
              "update message set flags = flags & ? | ?, modseq = ? where folder_id = ? and ",
              change.keep(),
              change.set(),
              folder.modSeq(),
              folder.id())
          .add(condition)
          .add(" and flags <> (flags & ? | ?)", change.keep(), change.set())
          .add(" and modseq <= ?", change.unchangedSince())
          .update(connection);
    }
  }
}
