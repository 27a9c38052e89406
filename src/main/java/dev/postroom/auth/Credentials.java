package dev.postroom.auth;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The password hashes of mailboxes and accounts. */
@ApplicationScoped
class Credentials {
  /** Whose hash it is: the two have a table each. */
  enum Owner {
    MAILBOX("mailbox_credential", "mailbox_id"),
    ACCOUNT("account_credential", "account_id");

    private final String find;
    private final String put;
    private final String renew;

    Owner(String table, String key) {
      find = "select hash from " + table + " where " + key + " = ?";
      put =
          "insert into "
              + table
              + " (hash, changed_at, "
              + key
              + ") values (?, ?, ?)"
              + " on duplicate key update hash = values(hash), changed_at = values(changed_at)";
      renew = "update " + table + " set hash = ? where " + key + " = ? and hash = ?";
    }
  }

  private final AuthStatements database;
  private final Clock clock;

  Credentials(AuthStatements database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Optional<PasswordHash> find(Owner owner, long id) {
    return database.with(
        owner.find,
        statement -> {
          statement.setLong(1, id);
          try (var row = statement.executeQuery()) {
            return row.next() ? Optional.of(new PasswordHash(row.getString(1))) : Optional.empty();
          }
        });
  }

  void put(Owner owner, long id, PasswordHash hash) {
    database.with(
        owner.put,
        statement -> {
          statement.setString(1, hash.phc());
          statement.setObject(2, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
          statement.setLong(3, id);
          return statement.executeUpdate();
        });
  }

  /** Another hash of the same password, unless the password was changed meanwhile. */
  void renew(Owner owner, long id, PasswordHash old, PasswordHash renewed) {
    database.with(
        owner.renew,
        statement -> {
          statement.setString(1, renewed.phc());
          statement.setLong(2, id);
          statement.setString(3, old.phc());
          return statement.executeUpdate();
        });
  }
}
