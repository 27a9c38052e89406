package dev.postroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.TraceId;
import dev.postroom.testing.MariaDb;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DaysTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
  private static MariaDb database;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    database = MariaDb.start();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Connection freshTables() throws SQLException {
    var all = database.settings();
    var user = all.get("quarkus.datasource.username");
    var password = all.get("quarkus.datasource.password");
    var flyway =
        Flyway.configure()
            .dataSource(database.jdbcUrl(), user, password)
            .locations("classpath:db/migration")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
    return DriverManager.getConnection(database.jdbcUrl(), user, password);
  }

  private static void insert(Connection connection, String moment) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into trace_event values (?, 1, 1, null, '', 'QUEUED', '', '', '', null)")) {
      insert.setString(1, TraceId.firstAt(Instant.parse(moment)).value());
      insert.executeUpdate();
    }
  }

  private static long rows(Connection connection, String from) throws SQLException {
    try (var rows =
        connection.createStatement().executeQuery("select count(*) from trace_event " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static TreeSet<LocalDate> span(LocalDate first, LocalDate last) {
    return new TreeSet<>(first.datesUntil(last.plusDays(1)).toList());
  }

  @Test
  void everyTableGetsADayForTodayAndSomeAhead() throws SQLException {
    try (var connection = freshTables()) {
      Days.keep(connection, TODAY, 30);
      Days.keep(connection, TODAY, 30);
      for (var table : List.of("trace_message", "trace_recipient", "trace_event")) {
        assertThat(Days.days(connection, table)).isEqualTo(span(TODAY, TODAY.plusDays(3)));
      }
    }
  }

  @Test
  void whatWasWrittenBeforeItsDayWasMadeMovesIntoIt() throws SQLException {
    try (var connection = freshTables()) {
      insert(connection, "2026-03-10T23:59:59.999Z");
      insert(connection, "2026-03-11T00:00:00Z");
      Days.keep(connection, TODAY, 30);
      assertThat(rows(connection, "partition (p20260310)")).isEqualTo(1);
      assertThat(rows(connection, "partition (p20260311)")).isEqualTo(1);
      assertThat(rows(connection, "partition (later)")).isZero();
    }
  }

  @Test
  void aDayIsDroppedWhenItIsOlderThanThoseThatAreKept() throws SQLException {
    try (var connection = freshTables()) {
      Days.keep(connection, TODAY, 2);
      insert(connection, "2026-03-10T12:00:00Z");
      insert(connection, "2026-03-11T12:00:00Z");
      Days.keep(connection, TODAY.plusDays(2), 2);
      assertThat(rows(connection, "")).isEqualTo(2);
      Days.keep(connection, TODAY.plusDays(3), 2);
      assertThat(rows(connection, "")).isEqualTo(1);
      assertThat(Days.days(connection, "trace_event"))
          .isEqualTo(span(TODAY.plusDays(1), TODAY.plusDays(6)));
    }
  }

  @Test
  void aServerThatWasDownForLongGoesOnWithTheDayOfItsReturn() throws SQLException {
    try (var connection = freshTables()) {
      Days.keep(connection, TODAY, 30);
      insert(connection, "2026-03-20T12:00:00Z");
      Days.keep(connection, TODAY.plusDays(10), 30);
      assertThat(rows(connection, "partition (p20260320)")).isEqualTo(1);
    }
  }
}
