package dev.postroom.store;

import dev.postroom.store.MailboxStore.Copied;
import dev.postroom.store.MailboxStore.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** COPY and MOVE: rows of the index are doubled or moved, contents are shared. */
@ApplicationScoped
class Copying {
  private final Expunging expunging;
  private final Changes changes;
  private final StoreMeters meters;

  @Inject
  Copying(Expunging expunging, Changes changes, StoreMeters meters) {
    this.expunging = expunging;
    this.changes = changes;
    this.meters = meters;
  }

  Copied copy(
      Connection connection, long mailboxId, long folderId, UidSet uids, Target to, boolean move)
      throws SQLException {
    // The source is locked, too: what is being copied cannot be expunged and swept meanwhile
    var folders = LockedFolder.lock(connection, mailboxId, folderId, to.mailboxId(), to.folderId());
    var source = folders.getFirst();
    var target = folders.getLast();
    var rows = IndexRow.list(connection, source, uids, 0);
    if (rows.isEmpty()) {
      return new Copied(target.uidValidity(), List.of(), List.of());
    }
    var tally = Tally.of(rows);
    boolean takesRoom = !move || mailboxId != to.mailboxId();
    if (takesRoom) {
      UsageLedger.check(connection, to.mailboxId(), tally.octets());
    }
    var flags = targetFlags(connection, rows, source, target, FlagBits.changeable(to.rights()));
    long firstUid = target.uidNext();
    insert(connection, target, rows, flags);
    target.added(
        Tally.of(
            rows.stream().map(row -> row.with(flags.getOrDefault(row.flags(), 0L), 0)).toList()));
    if (move) {
      expunging.delete(connection, source, rows);
      if (source != target) {
        source.save(connection);
      }
    }
    if (takesRoom) {
      UsageLedger.add(connection, to.mailboxId(), tally.messages(), tally.octets());
      if (move) {
        UsageLedger.release(connection, mailboxId, tally.messages(), tally.octets());
      }
    }
    target.save(connection);
    meters.copied(rows.size());
    changes.changed(mailboxId, List.of(folderId));
    changes.changed(to.mailboxId(), List.of(to.folderId()));
    return new Copied(
        target.uidValidity(),
        rows.stream().map(IndexRow::uid).toList(),
        LongStream.range(firstUid, firstUid + rows.size()).boxed().toList());
  }

  /** The same flags in the bits of another folder, as far as they may be set there. */
  private static Map<Long, Long> targetFlags(
      Connection connection,
      List<IndexRow> rows,
      LockedFolder source,
      LockedFolder target,
      long settable)
      throws SQLException {
    var flags = new HashMap<Long, Long>();
    rows.forEach(row -> flags.put(row.flags(), row.flags() & settable));
    long used = flags.values().stream().reduce(0L, (a, b) -> a | b);
    if (source == target || (used & ~FlagBits.SYSTEM) == 0) {
      return flags;
    }
    var sourceKeywords = Keywords.read(connection, source.id());
    var targetKeywords = Keywords.read(connection, target.id());
    targetKeywords.define(connection, target.id(), sourceKeywords.decode(used));
    flags.replaceAll((_, kept) -> targetKeywords.encode(sourceKeywords.decode(kept)));
    return flags;
  }

  private static void insert(
      Connection connection, LockedFolder target, List<IndexRow> rows, Map<Long, Long> flags)
      throws SQLException {
    var insert = new MessageInsert(connection);
    long uid = target.uidNext();
    for (var row : rows) {
      long targetFlags = flags.getOrDefault(row.flags(), 0L);
      insert.add(target.id(), row.copied(uid++, target.modSeq(), targetFlags));
    }
    insert.finish();
  }
}
