package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The statements that put entries into the table and keep their blobs alive. */
final class QueueTable {
  private static final HexFormat HEX = HexFormat.of();
  private static final String INSERT =
      """
      INSERT INTO queue_entry (trace, reverse_path, recipient, destination, content, size,
        eight_bit, extra_header, account_id, queued_at, expires_at, due_at, warn_at, urgency, %s)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)"""
          .formatted(OptionColumns.NAMES, OptionColumns.MARKS);

  private QueueTable() {}

  /** Inserts them in one batch, and says whose turn they are. */
  static Set<Turn> insert(
      Connection connection, List<Outgoing> messages, Instant now, QueueConfig config)
      throws SQLException {
    var urgencies = Urgency.of(messages, config.bulkRecipients());
    var turns = new HashSet<Turn>();
    try (var insert = connection.prepareStatement(INSERT)) {
      for (var message : messages) {
        var begins = message.begins(now);
        int urgency = urgencies.of(message);
        turns.add(message.turn(urgency));
        insert.setString(1, message.trace().value());
        insert.setString(2, message.reversePath().toPlainString());
        insert.setString(3, message.recipient().toString());
        insert.setString(4, message.recipient().domain().ascii());
        insert.setBytes(5, octets(message.content()));
        insert.setLong(6, message.size());
        insert.setBoolean(7, message.eightBit());
        insert.setString(8, message.extraHeader());
        insert.setObject(9, message.accountId(), Types.BIGINT);
        insert.setLong(10, now.toEpochMilli());
        insert.setLong(11, message.expires(begins, lifetime(message, config)).toEpochMilli());
        insert.setLong(12, begins.toEpochMilli());
        insert.setLong(13, message.warns(begins, config.delayWarning()).toEpochMilli());
        insert.setInt(14, urgency);
        OptionColumns.bind(insert, 15, message.options(), message.recipientOptions());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return turns;
  }

  private static Duration lifetime(Outgoing message, QueueConfig config) {
    return message.reversePath().isNull() ? config.bounceLifetime() : config.lifetime();
  }

  static Set<BlobId> referenced(Connection connection, Set<BlobId> blobs) throws SQLException {
    if (blobs.isEmpty()) {
      return Set.of();
    }
    var found = new HashSet<BlobId>();
    try (var select =
        connection.prepareStatement(
            "SELECT DISTINCT content FROM queue_entry WHERE content IN (%s)"
                .formatted(marks(blobs.size())))) {
      int at = 1;
      for (var blob : blobs) {
        select.setBytes(at++, octets(blob));
      }
      var rows = select.executeQuery();
      while (rows.next()) {
        found.add(blobId(rows.getBytes(1)));
      }
    }
    return found;
  }

  static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  static byte[] octets(BlobId id) {
    return HEX.parseHex(id.name());
  }

  static BlobId blobId(byte[] octets) {
    return new BlobId(HEX.formatHex(octets));
  }
}
