package dev.postroom.store;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Clears away in small transactions what deleting left behind: messages of deleted folders, then
 * contents that have no message any more. Their blobs are {@code ops}'s.
 *
 * <p>A content is found to have no message by a plain read and deleted under the foreign key of
 * {@code message.content_id}, so nothing can refer to what is deleted. Nor does a copy fail because
 * of it: it locks the folder of its source, whose row counts until the copy has committed.
 */
@ApplicationScoped
class ReleasedSweep {
  private static final Logger LOG = Logger.getLogger(ReleasedSweep.class);
  private static final int BATCH = 1000;

  private final Transactions transactions;
  private final StoreMeters meters;
  private final StoreConfig config;
  private final Clock clock;

  @Inject
  ReleasedSweep(Transactions transactions, StoreMeters meters, StoreConfig config, Clock clock) {
    this.transactions = transactions;
    this.meters = meters;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "{postroom.store.sweep-every}",
      delayed = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    int messages = repeat(this::removeAbandonedMessages);
    repeat(this::removeAbandonedFolders);
    long before = clock.instant().minus(config.releaseAfter()).toEpochMilli();
    int released = repeat(connection -> removeContents(connection, before));
    if (messages + released > 0) {
      LOG.infof("cleared %d messages of deleted folders, %d released", messages, released);
    }
  }

  private int repeat(Transactions.Work<Integer> batch) {
    int all = 0;
    int some = transactions.write(batch);
    while (some > 0) {
      all += some;
      some = transactions.write(batch);
    }
    return all;
  }

  private int removeAbandonedMessages(Connection connection) throws SQLException {
    var rows =
        Sql.of(
                """
                select m.folder_id, m.uid, m.content_id
                from folder f join message m on m.folder_id = f.id
                where f.mailbox_id is null limit ?""",
                BATCH)
            .list(connection, row -> new Abandoned(row.getLong(1), row.getLong(2), row.getLong(3)));
    if (rows.isEmpty()) {
      return 0;
    }
    Contents.release(connection, rows.stream().map(Abandoned::contentId).toList(), clock.millis());
    var delete = Sql.of("delete from message where (folder_id, uid) in (");
    for (int i = 0; i < rows.size(); i++) {
      delete.row(i == 0, rows.get(i).folderId(), rows.get(i).uid());
    }
    return delete.add(")").update(connection);
  }

  private record Abandoned(long folderId, long uid, long contentId) {}

  private int removeAbandonedFolders(Connection connection) throws SQLException {
    return Sql.of(
            """
            delete from folder where mailbox_id is null
              and not exists (select 1 from message where folder_id = folder.id) limit ?""",
            BATCH)
        .update(connection);
  }

  private int removeContents(Connection connection, long before) throws SQLException {
    var released =
        Sql.of(
                "select id, content_id from content_released where released_at < ? "
                    + "order by id limit ?",
                before,
                BATCH)
            .list(connection, row -> new Released(row.getLong(1), row.getLong(2)));
    if (released.isEmpty()) {
      return 0;
    }
    var unused = unused(connection, released.stream().map(Released::contentId).toList());
    if (!unused.isEmpty()) {
      Sql.of("delete from content where id in ").in(unused).update(connection);
      meters.cleared(unused.size());
    }
    return Sql.of("delete from content_released where id in ")
        .in(released.stream().map(Released::id).toList())
        .update(connection);
  }

  private record Released(long id, long contentId) {}

  private static List<Long> unused(Connection connection, List<Long> contentIds)
      throws SQLException {
    return Sql.of(
            """
            select id from content c
            where not exists (select 1 from message where content_id = c.id) and id in \
            """)
        .in(contentIds)
        .list(connection, row -> row.getLong(1));
  }
}
