package dev.postroom.store;

import dev.postroom.directory.FolderRights;
import dev.postroom.store.MailboxNotice.Created;
import dev.postroom.store.MailboxNotice.Deleted;
import dev.postroom.store.MailboxNotice.Renamed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Creates, deletes and renames folders. Whoever does so locks the row of INBOX first, which is
 * never deleted or renamed, so changes of one mailbox's tree come one after the other.
 */
@ApplicationScoped
class FolderTree {
  private final Transactions transactions;
  private final DefaultFolders defaults;
  private final Copying copying;
  private final Changes changes;
  private final StoreConfig config;
  private final Clock clock;

  @Inject
  FolderTree(
      Transactions transactions,
      DefaultFolders defaults,
      Copying copying,
      Changes changes,
      StoreConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.defaults = defaults;
    this.copying = copying;
    this.changes = changes;
    this.config = config;
    this.clock = clock;
  }

  FolderInfo create(long mailboxId, String name, @Nullable SpecialUse use) {
    var canonical = FolderNames.forNew(name, config.folderLevels());
    return transactions.write(
        connection -> {
          var ids = lockTree(connection, mailboxId);
          checkFree(ids, canonical);
          checkUse(connection, mailboxId, use);
          insert(connection, mailboxId, ids, canonical, use);
          return FolderReader.read(connection, mailboxId, canonical).orElseThrow();
        });
  }

  /** Locks the tree and reads it: names and ids. */
  private Map<String, Long> lockTree(Connection connection, long mailboxId) throws SQLException {
    var lock =
        Sql.of(
            "select id from folder where mailbox_id = ? and name = ? for update",
            mailboxId,
            FolderNames.INBOX);
    if (lock.list(connection, row -> row.getLong(1)).isEmpty()) {
      defaults.ensure(connection, mailboxId);
    }
    var ids = new TreeMap<String, Long>();
    Sql.of("select name, id from folder where mailbox_id = ?", mailboxId)
        .forEach(connection, row -> ids.put(row.getString(1), row.getLong(2)));
    return ids;
  }

  private static void checkFree(Map<String, Long> ids, String name) {
    if (ids.containsKey(name)) {
      throw new StoreProblem(
          StoreProblem.Kind.ALREADYEXISTS, "there is a folder of that name already");
    }
  }

  /** RFC 6154 §3: a server may have one folder only for a use. */
  private static void checkUse(Connection connection, long mailboxId, @Nullable SpecialUse use)
      throws SQLException {
    if (use == null) {
      return;
    }
    var others =
        Sql.of(
                "select name from folder where mailbox_id = ? and special_use = ?",
                mailboxId,
                use.name())
            .list(connection, row -> row.getString(1));
    if (!others.isEmpty()) {
      throw new StoreProblem(
          StoreProblem.Kind.CANNOT, "'" + others.getFirst() + "' is used for that already");
    }
  }

  /** Inserts a folder and the levels that are missing above it. */
  private void insert(
      Connection connection,
      long mailboxId,
      Map<String, Long> ids,
      String name,
      @Nullable SpecialUse use)
      throws SQLException {
    var names = new ArrayList<>(FolderNames.above(name));
    names.removeIf(ids::containsKey);
    names.add(name);
    insert(connection, mailboxId, ids, names, use);
  }

  /** The special use is that of the last. */
  private void insert(
      Connection connection,
      long mailboxId,
      Map<String, Long> ids,
      List<String> names,
      @Nullable SpecialUse use)
      throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    if (ids.size() + names.size() > config.folders()) {
      throw new StoreProblem(
          StoreProblem.Kind.LIMIT, "a mailbox has at most " + config.folders() + " folders");
    }
    long uidValidity = UsageLedger.nextUidValidity(connection, mailboxId, clock);
    var insert = DefaultFolders.newFolders();
    for (var name : names) {
      boolean last = name.equals(names.getLast());
      DefaultFolders.addRow(
          insert, name.equals(names.getFirst()), mailboxId, name, last ? use : null, uidValidity);
    }
    insert.update(connection);
    var nearest = FolderNames.above(names.getFirst());
    if (!nearest.isEmpty()) {
      Sharing.inherit(connection, mailboxId, LockedFolder.found(ids.get(nearest.getLast())), names);
    }
    names.forEach(name -> changes.note(mailboxId, new Created(name)));
  }

  /** Says what a folder is for from now on; never INBOX. */
  void use(Connection connection, long mailboxId, long folderId, Optional<SpecialUse> use)
      throws SQLException {
    var inboxId = lockTree(connection, mailboxId).get(FolderNames.INBOX);
    if (inboxId != null && inboxId == folderId && use.isPresent()) {
      throw new StoreProblem(StoreProblem.Kind.CANNOT, "INBOX has no special use");
    }
    LockedFolder.lock(connection, mailboxId, folderId);
    Sql.of("update folder set special_use = null where id = ?", folderId).update(connection);
    checkUse(connection, mailboxId, use.orElse(null));
    Sql.of(
            "update folder set special_use = ? where id = ?",
            use.map(SpecialUse::name).orElse(null),
            folderId)
        .update(connection);
  }

  void delete(long mailboxId, long folderId) {
    transactions.write(
        connection -> {
          var ids = lockTree(connection, mailboxId);
          var inboxId = ids.get(FolderNames.INBOX);
          if (inboxId != null && inboxId == folderId) {
            throw new StoreProblem(StoreProblem.Kind.CANNOT, "INBOX cannot be deleted");
          }
          var folder = LockedFolder.lock(connection, mailboxId, folderId);
          Sql.of("update folder set mailbox_id = null where id = ?", folderId).update(connection);
          Annotations.removeAll(connection, folderId);
          Sharing.removeAll(connection, folderId);
          UsageLedger.release(connection, mailboxId, folder.messages(), folder.octets());
          changes.touched(List.of(folderId));
          changes.note(mailboxId, new Deleted(nameOf(ids, folderId)));
          return folderId;
        });
  }

  void rename(long mailboxId, long folderId, String newName) {
    var canonical = FolderNames.forNew(newName, config.folderLevels());
    transactions.write(
        connection -> {
          var ids = lockTree(connection, mailboxId);
          var oldName = nameOf(ids, folderId);
          rename(connection, mailboxId, ids, oldName, canonical);
          changes.note(mailboxId, new Renamed(oldName, canonical));
          return folderId;
        });
  }

  private static String nameOf(Map<String, Long> ids, long folderId) {
    return LockedFolder.found(
        ids.entrySet().stream()
            .filter(entry -> entry.getValue() == folderId)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null));
  }

  private void rename(
      Connection connection, long mailboxId, Map<String, Long> ids, String from, String to)
      throws SQLException {
    checkFree(ids, to);
    if (from.equals(FolderNames.INBOX)) {
      moveInbox(connection, mailboxId, ids, to);
      return;
    }
    if (FolderNames.isBelow(to, from)) {
      throw new StoreProblem(StoreProblem.Kind.CANNOT, "a folder cannot be put below itself");
    }
    var moving = new TreeMap<>(ids);
    moving.keySet().removeIf(name -> !name.equals(from) && !FolderNames.isBelow(name, from));
    for (var name : moving.keySet()) {
      var newName = to + name.substring(from.length());
      FolderNames.checkSize(newName, config.folderLevels());
      if (!moving.containsKey(newName)) {
        checkFree(ids, newName);
      }
    }
    move(connection, mailboxId, ids, moving, from, to);
  }

  private void move(
      Connection connection,
      long mailboxId,
      Map<String, Long> ids,
      Map<String, Long> moving,
      String from,
      String to)
      throws SQLException {
    LockedFolder.lock(connection, mailboxId, List.copyOf(moving.values()));
    var missing = new ArrayList<>(FolderNames.above(to));
    missing.removeIf(ids::containsKey);
    insert(connection, mailboxId, ids, missing, null);
    // The shorter first: a name is free before a longer one takes it (a/b to a, a/b/b to a/b)
    Sql.of(
            "update folder set name = concat(?, substring(name, ?)) where id in ",
            to,
            from.codePointCount(0, from.length()) + 1)
        .in(moving.values())
        .add(" order by char_length(name)")
        .update(connection);
    changes.touched(moving.values());
  }

  /** RFC 3501 §6.3.5: its messages move, it stays, and so do its children. */
  private void moveInbox(Connection connection, long mailboxId, Map<String, Long> ids, String to)
      throws SQLException {
    insert(connection, mailboxId, ids, to, null);
    var target = FolderReader.read(connection, mailboxId, to).orElseThrow();
    long inbox = LockedFolder.found(ids.get(FolderNames.INBOX));
    var renamed = new MailboxStore.Target(mailboxId, target.id(), FolderRights.ALL);
    copying.copy(connection, mailboxId, inbox, UidSet.ALL, renamed, true);
    Annotations.copyAll(connection, inbox, target.id());
  }
}
