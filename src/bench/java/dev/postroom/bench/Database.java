package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A private MariaDB with the same settings for both sides: the defaults, every commit synced. */
final class Database {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final String name;
  private final int port;
  private final String password;
  private @Nullable Process process;

  Database(Path folder, String name, int port, String password) {
    this.folder = folder;
    this.name = name;
    this.port = port;
    this.password = password;
  }

  void start() {
    try {
      var data = folder.resolve("database");
      var temporary = Files.createDirectories(folder.resolve("database-tmp"));
      var user = "--user=" + System.getProperty("user.name");
      if (!Files.isDirectory(data.resolve("mysql"))) {
        Commands.run(
            "mariadb-install-db",
            "--no-defaults",
            "--datadir=" + data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--tmpdir=" + temporary,
            user);
      }
      Files.writeString(folder.resolve("database-init.sql"), initially());
      process =
          Commands.start(
              folder.resolve("database.log"),
              List.of(
                  "/usr/sbin/mariadbd",
                  "--no-defaults",
                  user,
                  "--datadir=" + data,
                  "--socket=" + folder.resolve("db.sock"),
                  "--pid-file=" + folder.resolve("database.pid"),
                  "--tmpdir=" + temporary,
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--init-file=" + folder.resolve("database-init.sql"),
                  "--innodb-flush-log-at-trx-commit=1",
                  "--max-connections=400"));
      Commands.await("database " + name, PATIENCE, this::answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String initially() {
    return """
    CREATE DATABASE IF NOT EXISTS %1$s CHARACTER SET utf8mb4;
    CREATE USER IF NOT EXISTS '%1$s'@'localhost' IDENTIFIED BY '%2$s';
    CREATE USER IF NOT EXISTS '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
    GRANT ALL ON %1$s.* TO '%1$s'@'localhost';
    GRANT ALL ON %1$s.* TO '%1$s'@'127.0.0.1';
    """
        .formatted(name, password);
  }

  private boolean answers() {
    try (var _ = connect()) {
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?allowMultiQueries=true",
        name,
        password);
  }

  /** Runs statements, separated by semicolons. */
  void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  String value(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  long pid() {
    return process == null ? -1 : process.pid();
  }

  void stop() {
    if (process != null) {
      Commands.end(process, PATIENCE);
      process = null;
    }
  }
}
