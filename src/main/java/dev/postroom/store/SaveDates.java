package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When messages came into their folder: delivered, appended, copied or moved. Asked for so rarely
 * that no table keeps it in memory; the database sets it.
 */
@ApplicationScoped
class SaveDates {
  private final Transactions transactions;

  @Inject
  SaveDates(Transactions transactions) {
    this.transactions = transactions;
  }

  Map<Long, Instant> of(long mailboxId, long folderId, UidSet uids) {
    return transactions.read(
        connection -> {
          var dates = new HashMap<Long, Instant>();
          for (var condition : UidCondition.of(uids)) {
            selectFrom(mailboxId, folderId)
                .add(" and ")
                .add(condition)
                .forEach(
                    connection,
                    row -> dates.put(row.getLong(1), Instant.ofEpochSecond(row.getLong(2))));
          }
          return dates;
        });
  }

  UidSet between(long mailboxId, long folderId, Instant from, Instant to) {
    return transactions.read(
        connection ->
            UidSet.of(
                selectFrom(mailboxId, folderId)
                    .add(
                        " and save_date >= ? and save_date < ?",
                        from.getEpochSecond(),
                        to.getEpochSecond())
                    .list(connection, row -> row.getLong(1))));
  }

  private static Sql selectFrom(long mailboxId, long folderId) {
    return Sql.of(
        """
        select m.uid, m.save_date from folder f join message m on m.folder_id = f.id
        where f.id = ? and f.mailbox_id = ?""",
        folderId,
        mailboxId);
  }
}
