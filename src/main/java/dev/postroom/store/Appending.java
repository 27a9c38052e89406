package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** APPEND: one message into one folder. */
@ApplicationScoped
class Appending {
  private final Changes changes;
  private final StoreMeters meters;

  @Inject
  Appending(Changes changes, StoreMeters meters) {
    this.changes = changes;
    this.meters = meters;
  }

  long append(Connection connection, long mailboxId, long folderId, NewMessage message)
      throws SQLException {
    var folder = LockedFolder.lock(connection, mailboxId, folderId);
    long octets = message.scanned().summary().size();
    UsageLedger.check(connection, mailboxId, octets);
    long flags =
        message.flags().isEmpty()
            ? 0
            : Keywords.read(connection, folderId).define(connection, folderId, message.flags());
    long uid = folder.uidNext();
    var row =
        new IndexRow(
            uid,
            folder.modSeq(),
            flags,
            message.internalDate().toEpochMilli(),
            octets,
            Contents.insert(connection, message));
    var insert = new MessageInsert(connection);
    insert.add(folderId, row);
    insert.finish();
    folder.added(Tally.of(flags, octets));
    folder.save(connection);
    UsageLedger.add(connection, mailboxId, 1, octets);
    meters.appended();
    changes.changed(List.of(folderId));
    return uid;
  }
}
