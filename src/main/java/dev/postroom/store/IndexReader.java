package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the index of a folder. What must fit together is read in one statement, and so in one
 * snapshot: the folder's row, its keywords, its messages, its expunged UIDs.
 */
@ApplicationScoped
class IndexReader {
  private static final int FOLDER = 0;
  private static final int KEYWORD = 1;
  private static final int MESSAGE = 2;
  private static final int EXPUNGED = 3;

  private final Transactions transactions;

  @Inject
  IndexReader(Transactions transactions) {
    this.transactions = transactions;
  }

  List<StoredMessage> messages(long mailboxId, long folderId, UidSet uids) {
    return transactions.read(
        connection -> {
          var found = new ArrayList<StoredMessage>();
          for (var condition : UidCondition.of(uids)) {
            var snapshot = new Snapshot();
            snapshot.read(
                connection,
                folderAndKeywords(mailboxId, folderId)
                    .add(messages(folderId))
                    .add(" and ")
                    .add(condition));
            LockedFolder.found(snapshot.folder);
            snapshot.inUidOrder().forEach(row -> found.add(row.message(snapshot.keywords)));
          }
          return found;
        });
  }

  /** See {@link MailboxStore#lineEnds}. */
  Map<Long, Integer> lineEnds(long mailboxId, long folderId) {
    return transactions.read(
        connection -> {
          var lineEnds = new HashMap<Long, Integer>();
          Sql.of(
                  """
                  select m.uid, e.octets
                  from folder f
                  join message m on m.folder_id = f.id
                  join content_line_ends e on e.content_id = m.content_id
                  where f.id = ? and f.mailbox_id = ?""",
                  folderId,
                  mailboxId)
              .forEach(connection, row -> lineEnds.put(row.getLong(1), row.getInt(2)));
          return lineEnds;
        });
  }

  FolderDelta since(long mailboxId, long folderId, long modSeq) {
    var news = news(mailboxId, folderId, modSeq);
    return new FolderDelta(
        news.rows().stream().map(row -> row.message(news.keywords())).toList(),
        news.expunged(),
        news.modSeq(),
        news.uidNext());
  }

  /** See {@link MailboxStore#since}. */
  FolderNews news(long mailboxId, long folderId, long modSeq) {
    return transactions.read(
        connection -> {
          var snapshot = new Snapshot();
          snapshot.read(connection, changes(mailboxId, folderId, modSeq));
          var folder = LockedFolder.found(snapshot.folder);
          var expunged =
              modSeq > 0 && modSeq < folder.forgottenModSeq()
                  ? allThatAreGone(connection, folderId, folder.uidNext())
                  : new UidSet(snapshot.expunged);
          return new FolderNews(
              snapshot.inUidOrder(),
              expunged,
              folder.highestModSeq(),
              folder.uidNext(),
              snapshot.keywords);
        });
  }

  /** See {@link MailboxStore#expunged}; in one snapshot with what is known to be forgotten. */
  Optional<UidSet> expunged(long mailboxId, long folderId, long sinceModSeq, long toModSeq) {
    return transactions.read(
        connection -> {
          var forgotten = new ArrayList<Long>();
          var ranges = new ArrayList<UidSet.Range>();
          Sql.of(
                  """
                  select f.forgotten_modseq, e.first_uid, e.last_uid
                  from folder f left join expunged e
                    on e.folder_id = f.id and e.modseq > ? and e.modseq <= ?
                  where f.id = ? and f.mailbox_id = ?""",
                  sinceModSeq,
                  toModSeq,
                  folderId,
                  mailboxId)
              .forEach(
                  connection,
                  row -> {
                    forgotten.add(row.getLong(1));
                    long first = row.getLong(2);
                    if (first > 0) {
                      ranges.add(new UidSet.Range(first, row.getLong(3)));
                    }
                  });
          long forgottenModSeq =
              LockedFolder.found(forgotten.isEmpty() ? null : forgotten.getFirst());
          return sinceModSeq < forgottenModSeq ? Optional.empty() : Optional.of(new UidSet(ranges));
        });
  }

  private static Sql changes(long mailboxId, long folderId, long modSeq) {
    var query = folderAndKeywords(mailboxId, folderId).add(messages(folderId));
    if (modSeq > 0) { // without that condition, one sequential read of the folder
      query.add(" and modseq > ?", modSeq);
      query.add(
          """
           union all
          select ?, first_uid, last_uid, 0, 0, 0, 0, null
          from expunged where folder_id = ? and modseq > ?""",
          EXPUNGED,
          folderId,
          modSeq);
    }
    return query;
  }

  private static Sql folderAndKeywords(long mailboxId, long folderId) {
    return Sql.of(
        """
        select ?, uid_next, highest_modseq, forgotten_modseq, 0, 0, 0, null
        from folder where id = ? and mailbox_id = ?
        union all
        select ?, bit, 0, 0, 0, 0, 0, name from folder_keyword where folder_id = ?
        union all
        """,
        FOLDER,
        folderId,
        mailboxId,
        KEYWORD,
        folderId);
  }

  private static Sql messages(long folderId) {
    return Sql.of(
        "select ?, " + IndexRow.COLUMNS + ", null from message where folder_id = ?",
        MESSAGE,
        folderId);
  }

  /** For one who was away for longer than expunges are remembered (RFC 7162 §3.2.5.2). */
  private static UidSet allThatAreGone(Connection connection, long folderId, long uidNext)
      throws SQLException {
    var gone = new ArrayList<UidSet.Range>();
    var next = new long[] {1};
    Sql.of(
            "select uid from message where folder_id = ? and uid < ? order by uid",
            folderId,
            uidNext)
        .forEach(
            connection,
            row -> {
              long uid = row.getLong(1);
              if (uid > next[0]) {
                gone.add(new UidSet.Range(next[0], uid - 1));
              }
              next[0] = uid + 1;
            });
    if (next[0] < uidNext) {
      gone.add(new UidSet.Range(next[0], uidNext - 1));
    }
    return new UidSet(gone);
  }

  Set<String> keywords(long mailboxId, long folderId) {
    return transactions.read(
        connection -> {
          var snapshot = new Snapshot();
          snapshot.read(
              connection,
              folderAndKeywords(mailboxId, folderId).add(messages(folderId)).add(" and false"));
          LockedFolder.found(snapshot.folder);
          return new LinkedHashSet<>(snapshot.keywords.names());
        });
  }

  Map<Long, FolderStatus> status(long mailboxId, Collection<Long> folderIds) {
    if (folderIds.isEmpty()) {
      return Map.of();
    }
    return transactions.read(
        connection -> {
          var status = new HashMap<Long, FolderStatus>();
          Sql.of(
                  """
                  select id, messages, unseen, deleted, octets, uid_next, uid_validity,
                    highest_modseq
                  from folder where mailbox_id = ? and id in \
                  """,
                  mailboxId)
              .in(folderIds)
              .forEach(connection, row -> status.put(row.getLong(1), status(row)));
          return status;
        });
  }

  /** See {@link MailboxStore#deletedOctets}. */
  Map<Long, Long> deletedOctets(long mailboxId, Collection<Long> folderIds) {
    if (folderIds.isEmpty()) {
      return Map.of();
    }
    return transactions.read(
        connection -> {
          var octets = new HashMap<Long, Long>();
          Sql.of(
                  """
                  select m.folder_id, sum(m.size)
                  from folder f join message m on m.folder_id = f.id
                  where f.mailbox_id = ? and m.flags & ? <> 0 and f.id in \
                  """,
                  mailboxId,
                  FlagBits.DELETED)
              .in(folderIds)
              .add(" group by m.folder_id")
              .forEach(connection, row -> octets.put(row.getLong(1), row.getLong(2)));
          return octets;
        });
  }

  private static FolderStatus status(ResultSet row) throws SQLException {
    return new FolderStatus(
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8));
  }

  private record FolderRow(long uidNext, long highestModSeq, long forgottenModSeq) {}

  /** What one statement gave. */
  private static final class Snapshot {
    private @Nullable FolderRow folder;
    private final Keywords keywords = new Keywords();
    private final List<IndexRow> messages = new ArrayList<>();
    private final List<UidSet.Range> expunged = new ArrayList<>();

    void read(Connection connection, Sql query) throws SQLException {
      query.forEach(connection, this::take);
    }

    private void take(ResultSet row) throws SQLException {
      switch (row.getInt(1)) {
        case FOLDER -> folder = new FolderRow(row.getLong(2), row.getLong(3), row.getLong(4));
        case KEYWORD -> keywords.put(row.getInt(2), row.getString(8));
        case MESSAGE -> messages.add(IndexRow.read(row, 2));
        case EXPUNGED -> expunged.add(new UidSet.Range(row.getLong(2), row.getLong(3)));
        default -> throw new SQLException("a row of no known kind");
      }
    }

    List<IndexRow> inUidOrder() {
      messages.sort(Comparator.comparingLong(IndexRow::uid));
      return messages;
    }
  }
}
