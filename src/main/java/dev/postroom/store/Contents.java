package dev.postroom.store;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.message.MessageSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What messages consist of: one row for all recipients and copies, its octets a blob. */
@ApplicationScoped
class Contents {
  private static final int ROWS_PER_STATEMENT = 5000;

  /** Well below max_allowed_packet (16 MB), with the largest summary and header on top. */
  private static final long OCTETS_PER_STATEMENT = 4_000_000;

  private final Transactions transactions;
  private final Blobs blobs;

  @Inject
  Contents(Transactions transactions, Blobs blobs) {
    this.transactions = transactions;
    this.blobs = blobs;
  }

  static long insert(Connection connection, NewMessage message) throws SQLException {
    return insert(connection, List.of(message)).getFirst();
  }

  /** Inserts several with few statements; gives their ids in the same order. */
  static List<Long> insert(Connection connection, List<NewMessage> messages) throws SQLException {
    var ids = new ArrayList<Long>();
    for (int from = 0; from < messages.size(); ) {
      int to = from;
      long octets = 0;
      var insert =
          Sql.of("insert into content (`blob`, size, summary, header, header_is_whole) values");
      while (to < messages.size() && (to == from || octets < OCTETS_PER_STATEMENT)) {
        var scanned = messages.get(to).scanned();
        boolean whole = scanned.headerIsWhole();
        byte[] summary = scanned.summary().encode();
        byte[] header = whole ? scanned.header() : new byte[0];
        byte[] blob = octets(messages.get(to).blob());
        insert.row(to == from, blob, scanned.summary().size(), summary, header, whole);
        octets += summary.length + header.length;
        to++;
      }
      ids.addAll(insert.add(" returning id").list(connection, row -> row.getLong(1)));
      from = to;
    }
    insertLineEnds(connection, messages, ids);
    return ids;
  }

  /** Only of the few that lack any. */
  private static void insertLineEnds(
      Connection connection, List<NewMessage> messages, List<Long> ids) throws SQLException {
    var insert = Sql.of("insert into content_line_ends (content_id, octets) values");
    boolean first = true;
    for (int i = 0; i < ids.size(); i++) {
      int octets = messages.get(i).scanned().lineEnds();
      if (octets > 0) {
        insert.row(first, ids.get(i), octets);
        first = false;
      }
    }
    if (!first) {
      insert.update(connection);
    }
  }

  private static byte[] octets(BlobId id) {
    return HexFormat.of().parseHex(id.name());
  }

  private static BlobId blobId(byte[] octets) {
    return new BlobId(HexFormat.of().formatHex(octets));
  }

  Map<Long, MessageSummary> summaries(Collection<Long> contentIds) {
    var summaries = new HashMap<Long, MessageSummary>();
    if (!contentIds.isEmpty()) {
      transactions.read(
          connection -> {
            Sql.of("select id, summary from content where id in ")
                .in(contentIds)
                .forEach(
                    connection,
                    row -> summaries.put(row.getLong(1), MessageSummary.decode(row.getBytes(2))));
            return summaries;
          });
    }
    return summaries;
  }

  Map<Long, byte[]> headers(Collection<Long> contentIds) {
    var headers = new HashMap<Long, byte[]>();
    if (!contentIds.isEmpty()) {
      transactions.read(
          connection -> {
            Sql.of("select id, header from content where header_is_whole and id in ")
                .in(contentIds)
                .forEach(connection, row -> headers.put(row.getLong(1), row.getBytes(2)));
            return headers;
          });
    }
    return headers;
  }

  Map<Long, String> previews(Collection<Long> contentIds) {
    var previews = new HashMap<Long, String>();
    if (!contentIds.isEmpty()) {
      transactions.read(
          connection -> {
            Sql.of("select id, preview from content where preview is not null and id in ")
                .in(contentIds)
                .forEach(connection, row -> previews.put(row.getLong(1), row.getString(2)));
            return previews;
          });
    }
    return previews;
  }

  /** With one statement. */
  void keepPreviews(Map<Long, String> previews) {
    if (previews.isEmpty()) {
      return;
    }
    var update = Sql.of("update content set preview = case id");
    previews.forEach((id, preview) -> update.add(" when ? then ?", id, preview));
    update.add(" end where id in ").in(previews.keySet());
    transactions.alone(update::update);
  }

  Map<Long, BlobId> blobs(Collection<Long> contentIds) {
    var ids = new HashMap<Long, BlobId>();
    if (!contentIds.isEmpty()) {
      transactions.read(
          connection -> {
            Sql.of("select id, `blob` from content where id in ")
                .in(contentIds)
                .forEach(connection, row -> ids.put(row.getLong(1), blobId(row.getBytes(2))));
            return ids;
          });
    }
    return ids;
  }

  Blob open(long contentId) throws IOException {
    var found =
        transactions.read(
            connection ->
                Sql.of("select `blob` from content where id = ?", contentId)
                    .list(connection, row -> blobId(row.getBytes(1))));
    if (found.isEmpty()) {
      throw new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such message any more");
    }
    return blobs.open(found.getFirst());
  }

  Set<BlobId> referenced(Set<BlobId> asked) {
    if (asked.isEmpty()) {
      return Set.of();
    }
    return transactions.read(
        connection ->
            new HashSet<>(
                Sql.of("select distinct `blob` from content where `blob` in ")
                    .in(asked.stream().map(Contents::octets).toList())
                    .list(connection, row -> blobId(row.getBytes(1)))));
  }

  /** Notes that they lost a message, for {@link ReleasedSweep}. */
  static void release(Connection connection, List<Long> contentIds, long now) throws SQLException {
    var ids = contentIds.stream().distinct().toList();
    for (int from = 0; from < ids.size(); from += ROWS_PER_STATEMENT) {
      var insert = Sql.of("insert into content_released (content_id, released_at) values");
      var part = ids.subList(from, Math.min(from + ROWS_PER_STATEMENT, ids.size()));
      for (int i = 0; i < part.size(); i++) {
        insert.row(i == 0, part.get(i), now);
      }
      insert.update(connection);
    }
  }
}
