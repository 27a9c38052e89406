package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names that a mailbox is subscribed to, whether there is such a folder or not. */
@ApplicationScoped
class Subscriptions {
  private final Transactions transactions;
  private final Changes changes;
  private final StoreConfig config;

  @Inject
  Subscriptions(Transactions transactions, Changes changes, StoreConfig config) {
    this.transactions = transactions;
    this.changes = changes;
    this.config = config;
  }

  void subscribe(long mailboxId, String name) {
    var canonical = FolderNames.forNew(name, config.folderLevels());
    var names = list(mailboxId);
    if (names.contains(canonical)) {
      return;
    }
    if (names.size() >= config.subscriptions()) {
      throw new StoreProblem(
          StoreProblem.Kind.LIMIT,
          "a mailbox is subscribed to at most " + config.subscriptions() + " names");
    }
    change(
        mailboxId,
        canonical,
        Sql.of(
            "insert ignore into subscription (mailbox_id, name) values (?, ?)",
            mailboxId,
            canonical));
  }

  void unsubscribe(long mailboxId, String name) {
    var canonical = FolderNames.canonical(name);
    change(
        mailboxId,
        canonical,
        Sql.of("delete from subscription where mailbox_id = ? and name = ?", mailboxId, canonical));
  }

  private void change(long mailboxId, String name, Sql statement) {
    transactions.write(
        connection -> {
          int changed = statement.update(connection);
          if (changed > 0) {
            changes.note(mailboxId, new MailboxNotice.SubscriptionChanged(name));
          }
          return changed;
        });
  }

  Set<String> list(long mailboxId) {
    return transactions.read(
        connection ->
            new LinkedHashSet<>(
                Sql.of(
                        "select name from subscription where mailbox_id = ? order by name",
                        mailboxId)
                    .list(connection, row -> row.getString(1))));
  }
}
