package dev.postroom.database;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class LateAutoCommitTest {
  @Inject AgroalDataSource pool;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  private Connection connection;
  private Connection other;

  @BeforeEach
  void connect() throws SQLException {
    connection = open();
    other = open();
    run(other, "create or replace table late_auto_commit (number int) engine=InnoDB");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    run(other, "drop table late_auto_commit");
    other.close();
  }

  private Connection open() throws SQLException {
    var properties = new Properties();
    properties.put("user", user);
    properties.put("password", password);
    return requireNonNull(new LateAutoCommitDriver().connect(url, properties));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql, int column) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(column);
    }
  }

  private void insert() throws SQLException {
    run(connection, "insert into late_auto_commit values (1)");
  }

  private long seenByAnother() throws SQLException {
    return number(other, "select count(*) from late_auto_commit", 1);
  }

  private long settings() throws SQLException {
    return number(connection, "show session status like 'Com_set_option'", 2);
  }

  @Test
  void oneTransactionAfterTheOtherChangesTheModeOnce() throws SQLException {
    connection.setAutoCommit(false);
    long before = settings();
    for (int i = 1; i <= 3; i++) {
      connection.setAutoCommit(false);
      assertThat(connection.getAutoCommit()).isFalse();
      insert();
      assertThat(seenByAnother()).isEqualTo(i - 1);
      connection.commit();
      connection.setAutoCommit(true);
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(seenByAnother()).isEqualTo(i);
    }
    connection.setAutoCommit(false);
    assertThat(settings()).isEqualTo(before);
  }

  @Test
  void aStatementAfterATransactionCommitsByItself() throws SQLException {
    connection.setAutoCommit(false);
    insert();
    connection.rollback();
    connection.setAutoCommit(true);
    insert();
    assertThat(seenByAnother()).isEqualTo(1);
    assertThatThrownBy(() -> run(connection, "no statement")).isInstanceOf(SQLException.class);
  }

  @Test
  void whatIsOpenIsCommittedWhenTheModeChanges() throws SQLException {
    connection.setAutoCommit(false);
    insert();
    connection.setAutoCommit(true);
    assertThat(seenByAnother()).isEqualTo(1);
  }

  @Test
  void thePoolSendsNoSettingsBetweenTransactions() throws SQLException {
    transaction(); // gives this thread its connection
    long before = transaction();
    assertThat(transaction()).isEqualTo(before);
  }

  private long transaction() {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              try (var pooled = pool.getConnection()) {
                return number(pooled, "show session status like 'Com_set_option'", 2);
              }
            });
  }
}
