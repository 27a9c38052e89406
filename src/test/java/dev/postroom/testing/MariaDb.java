package dev.postroom.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A private MariaDB server in a folder of its own, which tests may kill and start again. */
public final class MariaDb implements AutoCloseable {
  private static final String USER = "postroom";
  private static final String PASSWORD = "postroom-test";

  private final Path folder;
  private final int port;
  private Process process;

  private MariaDb(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Installs a fresh, empty server and starts it. */
  public static MariaDb start() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "mariadb-");
    run(
        List.of(
            "mariadb-install-db",
            "--no-defaults",
            "--datadir=" + folder.toAbsolutePath().resolve("data"),
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--tmpdir=" + temporary(folder),
            "--user=" + System.getProperty("user.name")),
        folder.resolve("install.log"));
    Files.writeString(
        folder.resolve("init.sql"),
        """
        CREATE DATABASE IF NOT EXISTS postroom CHARACTER SET utf8mb4;
        CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
        CREATE USER IF NOT EXISTS '%1$s'@'localhost' IDENTIFIED BY '%2$s';
        GRANT ALL ON *.* TO '%1$s'@'%%';
        GRANT ALL ON *.* TO '%1$s'@'localhost';
        """
            .formatted(USER, PASSWORD));
    var server = new MariaDb(folder, freePort());
    server.launch();
    return server;
  }

  /** One of its own: a server that starts removes the temporary tables of all others. */
  private static Path temporary(Path folder) throws IOException {
    return Files.createDirectories(folder.resolve("tmp")).toAbsolutePath();
  }

  private static void run(List<String> command, Path log) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(command.getFirst() + " failed:\n" + Files.readString(log));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts the server that was killed; returns when it answers. */
  public void launch() throws IOException {
    var absolute = folder.toAbsolutePath();
    process =
        new ProcessBuilder(
                "/usr/sbin/mariadbd",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + absolute.resolve("data"),
                "--socket=" + socketFile(),
                "--pid-file=" + absolute.resolve("pid"),
                "--tmpdir=" + temporary(folder),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--init-file=" + absolute.resolve("init.sql"),
                "--innodb-flush-log-at-trx-commit=1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .until(this::answers);
  }

  /** A short path: a socket's name may have 107 octets at most. */
  private Path socketFile() {
    return Path.of(System.getProperty("java.io.tmpdir"), "postroom-test-" + port + ".sock");
  }

  private boolean answers() {
    try (var connection = DriverManager.getConnection(jdbcUrl(), USER, PASSWORD)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Ends it as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public String jdbcUrl() {
    return "jdbc:mariadb://127.0.0.1:" + port + "/postroom";
  }

  /** What the application must be told to use it. */
  public Map<String, String> settings() {
    return Map.of(
        "quarkus.datasource.jdbc.url", jdbcUrl(),
        "quarkus.datasource.username", USER,
        "quarkus.datasource.password", PASSWORD);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
      Files.deleteIfExists(socketFile());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException leftBehind) {
      // what is left lies under target/
    }
  }
}
