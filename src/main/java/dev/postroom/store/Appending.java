package dev.postroom.store;

import dev.postroom.store.MailboxStore.Appended;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** APPEND: messages into one folder, with the same few statements for one and for many. */
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
    return append(connection, mailboxId, Sql.of("f.id = ?", folderId), List.of(message))
        .uids()
        .getFirst()
        .orElseThrow(() -> new StoreProblem(StoreProblem.Kind.OVERQUOTA, "the mailbox is full"));
  }

  Appended append(Connection connection, long mailboxId, String folder, List<NewMessage> messages)
      throws SQLException {
    var name = FolderNames.canonical(folder);
    return append(connection, mailboxId, Sql.of("f.name = ?", name), messages);
  }

  /** Turned down when there is no room for all: the transaction is rolled back. */
  Appended appendAll(
      Connection connection, long mailboxId, String folder, List<NewMessage> messages)
      throws SQLException {
    var appended = append(connection, mailboxId, folder, messages);
    if (appended.uids().stream().anyMatch(OptionalLong::isEmpty)) {
      throw new StoreProblem(StoreProblem.Kind.OVERQUOTA, "there is no room for all of them");
    }
    return appended;
  }

  private Appended append(
      Connection connection, long mailboxId, Sql which, List<NewMessage> messages)
      throws SQLException {
    var folder =
        LockedFolder.found(
            Sql.of("select straight_join " + OpenInbox.COLUMNS)
                .add(
                    """
                     from folder f join mailbox_usage u on u.mailbox_id = f.mailbox_id
                    where f.mailbox_id = ? and \
                    """,
                    mailboxId)
                .add(which)
                .add(" for update")
                .list(connection, OpenInbox::read)
                .stream()
                .findFirst()
                .orElse(null));
    var fits = new boolean[messages.size()];
    var fitting = new ArrayList<NewMessage>();
    for (int i = 0; i < fits.length; i++) {
      fits[i] = folder.reserve(messages.get(i).scanned().summary().size());
      if (fits[i]) {
        fitting.add(messages.get(i));
      }
    }
    var inserted = fitting.isEmpty() ? List.<Long>of() : insert(connection, folder, fitting);
    var next = inserted.iterator();
    var uids = new ArrayList<OptionalLong>();
    for (boolean fit : fits) {
      uids.add(fit ? OptionalLong.of(next.next()) : OptionalLong.empty());
    }
    return new Appended(folder.folderId(), folder.uidValidity(), uids);
  }

  /** Gives their UIDs. */
  private List<Long> insert(Connection connection, OpenInbox folder, List<NewMessage> messages)
      throws SQLException {
    var contents = Contents.insert(connection, messages);
    var insert = new MessageInsert(connection);
    var uids = new ArrayList<Long>();
    for (int i = 0; i < messages.size(); i++) {
      long flags = flags(connection, folder.folderId(), messages.get(i).flags());
      var row = folder.add(messages.get(i), flags, contents.get(i));
      insert.add(folder.folderId(), row);
      uids.add(row.uid());
    }
    insert.finish();
    Delivery.count(connection, List.of(folder));
    meters.appended(messages.size());
    changes.changed(folder.mailboxId(), List.of(folder.folderId()));
    return uids;
  }

  static long flags(Connection connection, long folderId, Set<String> flags) throws SQLException {
    return flags.isEmpty()
        ? 0
        : Keywords.read(connection, folderId).define(connection, folderId, flags);
  }
}
