package dev.postroom.store;

import dev.postroom.store.MailboxStore.Appended;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** REPLACE (RFC 8508): a message comes and another goes, both or neither. */
@ApplicationScoped
class Replacing {
  private final Expunging expunging;
  private final Changes changes;
  private final StoreMeters meters;
  private final Clock clock;

  @Inject
  Replacing(Expunging expunging, Changes changes, StoreMeters meters, Clock clock) {
    this.expunging = expunging;
    this.changes = changes;
    this.meters = meters;
    this.clock = clock;
  }

  Appended replace(
      Connection connection,
      long mailboxId,
      long folderId,
      long uid,
      long targetFolderId,
      NewMessage message)
      throws SQLException {
    var folders = LockedFolder.lock(connection, mailboxId, List.of(folderId, targetFolderId));
    var source = folders.getFirst();
    var target = folders.getLast();
    var old = IndexRow.list(connection, source, UidSet.of(uid), 0);
    if (old.isEmpty()) {
      throw new StoreProblem(StoreProblem.Kind.NONEXISTENT, "the message is not there any more");
    }
    long octets = message.scanned().summary().size();
    long more = octets - old.getFirst().size();
    if (more > 0) {
      UsageLedger.check(connection, mailboxId, more);
    }
    long newUid = insert(connection, target, message);
    expunging.delete(connection, source, old);
    Contents.release(connection, List.of(old.getFirst().contentId()), clock.millis());
    target.save(connection);
    if (source != target) {
      source.save(connection);
    }
    UsageLedger.add(connection, mailboxId, 0, more);
    meters.appended(1);
    meters.expunged(1);
    changes.changed(mailboxId, List.of(folderId, targetFolderId));
    return new Appended(target.id(), target.uidValidity(), List.of(OptionalLong.of(newUid)));
  }

  private static long insert(Connection connection, LockedFolder target, NewMessage message)
      throws SQLException {
    long flags = Appending.flags(connection, target.id(), message.flags());
    long octets = message.scanned().summary().size();
    long uid = target.uidNext();
    var insert = new MessageInsert(connection);
    insert.add(
        target.id(),
        new IndexRow(
            uid,
            target.modSeq(),
            flags,
            message.internalDate().toEpochMilli(),
            octets,
            Contents.insert(connection, message)));
    insert.finish();
    target.added(Tally.of(flags, octets));
    return uid;
  }
}
