package dev.postroom.trace;

import dev.postroom.mail.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The partitions of the tables, one for each day: made some days ahead, dropped whole when they are
 * old, which costs the same however much they hold. An id that has no day yet lies in the partition
 * {@code later}, from which its day is made.
 */
final class Days {
  private static final Logger LOG = Logger.getLogger(Days.class);
  private static final List<String> TABLES =
      List.of("trace_message", "trace_recipient", "trace_event");
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'p'uuuuMMdd");
  private static final int AHEAD = 3;

  private Days() {}

  /** The days before {@code today} that stay, and some that come. May be called again and again. */
  static void keep(Connection connection, LocalDate today, int keepDays) throws SQLException {
    for (var table : TABLES) {
      var days = days(connection, table);
      make(connection, table, missing(days, today));
      drop(connection, table, days.headSet(today.minusDays(keepDays)));
    }
  }

  static TreeSet<LocalDate> days(Connection connection, String table) throws SQLException {
    var days = new TreeSet<LocalDate>();
    try (var select =
        connection.prepareStatement(
            "select partition_name from information_schema.partitions"
                + " where table_schema = database() and table_name = ?"
                + " and partition_name like 'p%'")) {
      select.setString(1, table);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          days.add(LocalDate.parse(rows.getString(1), NAME));
        }
      }
    }
    return days;
  }

  private static List<LocalDate> missing(TreeSet<LocalDate> days, LocalDate today) {
    var first = days.isEmpty() || days.last().isBefore(today) ? today : days.last().plusDays(1);
    return first.datesUntil(today.plusDays(AHEAD + 1L)).toList();
  }

  private static void make(Connection connection, String table, List<LocalDate> days)
      throws SQLException {
    if (days.isEmpty()) {
      return;
    }
    var parts = new ArrayList<String>();
    for (var day : days) {
      var end = TraceId.firstAt(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
      parts.add("partition %s values less than ('%s')".formatted(NAME.format(day), end));
    }
    parts.add("partition later values less than (maxvalue)");
    alter(connection, table, "reorganize partition later into (" + String.join(", ", parts) + ")");
  }

  private static void drop(Connection connection, String table, Iterable<LocalDate> old)
      throws SQLException {
    for (var day : old) {
      alter(connection, table, "drop partition " + NAME.format(day));
      LOG.infof("the stories of %s are dropped from %s", day, table);
    }
  }

  /** Whoever reads for long must not make all others wait behind this. */
  private static void alter(Connection connection, String table, String what) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("alter table " + table + " wait 5 " + what);
    }
  }
}
