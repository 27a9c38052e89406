package dev.postroom.web;

import dev.postroom.auth.CredentialChange;
import dev.postroom.directory.DirectoryChange;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in, in the database, so that every node knows and a restart forgets nobody. */
@ApplicationScoped
public class Sessions {
  /** A last use is written down at most this often. */
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final AgroalDataSource database;
  private final Clock clock;
  private final WebConfig config;

  Sessions(AgroalDataSource database, Clock clock, WebConfig config) {
    this.database = database;
    this.clock = clock;
    this.config = config;
  }

  /** A live session, as it was when the request came. */
  record Session(SessionToken token, long accountId, @Nullable Notice notice) {}

  SessionToken start(long accountId) {
    var token = SessionToken.next();
    long now = clock.millis();
    run(
        "INSERT INTO web_session (token_hash, account_id, created_at, last_seen_at)"
            + " VALUES (?, ?, ?, ?)",
        token.hash(),
        accountId,
        now,
        now);
    return token;
  }

  Optional<Session> find(SessionToken token) {
    long now = clock.millis();
    var row = row(token, now);
    // not within the query: whoever holds a connection must not wait for another
    row.filter(found -> found.lastSeenAt() < now - TOUCH.toMillis())
        .ifPresent(_ -> touch(token, now));
    return row.map(
        found -> new Session(token, found.accountId(), notice(token, found.sealedNotice())));
  }

  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  private record Row(long accountId, long lastSeenAt, byte @Nullable [] sealedNotice) {}

  private Optional<Row> row(SessionToken token, long now) {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                "SELECT account_id, last_seen_at, flash FROM web_session"
                    + " WHERE token_hash = ? AND created_at > ? AND last_seen_at > ?")) {
      query.setBytes(1, token.hash());
      query.setLong(2, now - config.sessionLifetime().toMillis());
      query.setLong(3, now - config.sessionIdle().toMillis());
      try (var row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Row(row.getLong(1), row.getLong(2), row.getBytes(3)))
            : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void touch(SessionToken token, long now) {
    run("UPDATE web_session SET last_seen_at = ? WHERE token_hash = ?", now, token.hash());
  }

  private static @Nullable Notice notice(SessionToken token, byte @Nullable [] sealed) {
    return sealed == null ? null : token.open(sealed).map(Notice::fromLine).orElse(null);
  }

  void keep(SessionToken token, Notice notice) {
    run(
        "UPDATE web_session SET flash = ? WHERE token_hash = ?",
        token.seal(notice.toLine()),
        token.hash());
  }

  void forgetNotice(SessionToken token) {
    run("UPDATE web_session SET flash = NULL WHERE token_hash = ?", (Object) token.hash());
  }

  void end(SessionToken token) {
    run("DELETE FROM web_session WHERE token_hash = ?", (Object) token.hash());
  }

  /** Signs an account out everywhere: its password changed, or it may no longer sign in. */
  void endAll(long accountId) {
    run("DELETE FROM web_session WHERE account_id = ?", accountId);
  }

  void onPasswordChange(@Observes CredentialChange.AccountPassword change) {
    endAll(change.accountId());
  }

  void onChange(@Observes DirectoryChange change) {
    if (change.subject() != DirectoryChange.Subject.ACCOUNT) {
      return;
    }
    switch (change.action()) {
      case SUSPENDED, REMOVED -> endAll(change.id());
      case CREATED, UPDATED, RESUMED -> {
        // they may go on
      }
    }
  }

  @Scheduled(every = "1h", delayed = "10m")
  void sweep() {
    long now = clock.millis();
    run(
        "DELETE FROM web_session WHERE created_at <= ? OR last_seen_at <= ?",
        now - config.sessionLifetime().toMillis(),
        now - config.sessionIdle().toMillis());
  }

  private void run(String sql, Object... values) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
