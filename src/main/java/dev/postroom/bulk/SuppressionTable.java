package dev.postroom.bulk;

import dev.postroom.bulk.Suppression.Reason;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The statements on suppressed addresses. */
@ApplicationScoped
class SuppressionTable {
  private static final String MATCHING =
      " FROM suppression WHERE account_id = ? AND (until IS NULL OR until > ?) AND address LIKE ?";
  private static final int MAX_DETAIL = 500;

  /** An address as it is kept: in one form, whatever letters it was written in. */
  static String key(MailAddress address) {
    return address.canonical().toString().toLowerCase(Locale.ROOT);
  }

  /** Which of these are suppressed now. */
  Set<String> among(
      Connection connection, long accountId, Collection<MailAddress> addresses, Instant now)
      throws SQLException {
    var found = new HashSet<String>();
    if (addresses.isEmpty()) {
      return found;
    }
    var marks = String.join(",", Collections.nCopies(addresses.size(), "?"));
    try (var select =
        connection.prepareStatement(
            ("SELECT address FROM suppression WHERE account_id = ?"
                    + " AND (until IS NULL OR until > ?) AND address IN (%s)")
                .formatted(marks))) {
      select.setLong(1, accountId);
      select.setLong(2, now.toEpochMilli());
      int place = 3;
      for (var address : addresses) {
        select.setString(place++, key(address));
      }
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  /** What somebody wanted is not replaced by what happened. */
  void put(Connection connection, Collection<Suppression> all) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO suppression (account_id, address, reason, detail, since, until)
            SELECT id, ?, ?, ?, ?, ? FROM account WHERE id = ?
            ON DUPLICATE KEY UPDATE
              detail = IF(suppression.reason = 'FAILED' OR VALUES(reason) <> 'FAILED',
                VALUES(detail), suppression.detail),
              until = IF(suppression.reason = 'FAILED' OR VALUES(reason) <> 'FAILED',
                VALUES(until), suppression.until),
              reason = IF(suppression.reason = 'FAILED' OR VALUES(reason) <> 'FAILED',
                VALUES(reason), suppression.reason)""")) {
      for (var each : all) {
        insert.setString(1, key(each.address()));
        insert.setString(2, each.reason().name());
        insert.setString(3, cut(each.detail()));
        insert.setLong(4, each.since().toEpochMilli());
        insert.setObject(
            5, each.until() == null ? null : each.until().toEpochMilli(), Types.BIGINT);
        insert.setLong(6, each.accountId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
  }

  boolean remove(Connection connection, long accountId, MailAddress address) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM suppression WHERE account_id = ? AND address = ?")) {
      delete.setLong(1, accountId);
      delete.setString(2, key(address));
      return delete.executeUpdate() > 0;
    }
  }

  long count(Connection connection, long accountId, String search, Instant now)
      throws SQLException {
    try (var select = connection.prepareStatement("SELECT COUNT(*)" + MATCHING)) {
      select.setLong(1, accountId);
      select.setLong(2, now.toEpochMilli());
      select.setString(3, pattern(search));
      try (var row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  List<Suppression> list(
      Connection connection, long accountId, String search, Instant now, int limit, long offset)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT account_id, address, reason, detail, since, until"
                + MATCHING
                + " ORDER BY address LIMIT ? OFFSET ?")) {
      select.setLong(1, accountId);
      select.setLong(2, now.toEpochMilli());
      select.setString(3, pattern(search));
      select.setInt(4, limit);
      select.setLong(5, offset);
      var found = new ArrayList<Suppression>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(suppression(rows));
        }
      }
      return found;
    }
  }

  private static Suppression suppression(ResultSet row) throws SQLException {
    var until = row.getObject(6, Long.class);
    return new Suppression(
        row.getLong(1),
        MailAddress.parse(row.getString(2)),
        Reason.valueOf(row.getString(3)),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        until == null ? null : Instant.ofEpochMilli(until));
  }

  private static String pattern(String search) {
    var text = search.strip().toLowerCase(Locale.ROOT);
    return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  void forgetEndedBefore(Connection connection, Instant when) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM suppression WHERE until < ?")) {
      delete.setLong(1, when.toEpochMilli());
      delete.executeUpdate();
    }
  }
}
