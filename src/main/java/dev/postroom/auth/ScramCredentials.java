package dev.postroom.auth;

import dev.postroom.auth.Credentials.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SCRAM keys of mailboxes, beside the hashes of their passwords. */
@ApplicationScoped
class ScramCredentials {
  private static final String FIND = "select sealed from mailbox_scram where mailbox_id = ?";
  private static final String PUT =
      "insert into mailbox_scram (sealed, mailbox_id) values (?, ?)"
          + " on duplicate key update sealed = values(sealed)";
  private static final String REMOVE = "delete from mailbox_scram where mailbox_id = ?";

  /** The password may be changed meanwhile: only beside the hash that it was checked with. */
  private static final String ADD =
      "insert into mailbox_scram (sealed, mailbox_id)"
          + " select ?, mailbox_id from mailbox_credential where mailbox_id = ? and hash = ?"
          + " on duplicate key update sealed = values(sealed)";

  private final AuthStatements database;
  private final ScramVault vault;

  ScramCredentials(AuthStatements database, ScramVault vault) {
    this.database = database;
    this.vault = vault;
  }

  Optional<ScramKeys> find(Logins.Attempt attempt) {
    Optional<String> text =
        database.with(
            FIND,
            statement -> {
              statement.setLong(1, attempt.id());
              try (var row = statement.executeQuery()) {
                return Optional.ofNullable(row.next() ? row.getString(1) : null);
              }
            });
    return text.isPresent() ? vault.open(attempt.name(), text.get()) : vault.openNone();
  }

  /** With a new password; null when no keys are kept. */
  void put(long mailboxId, @Nullable String text) {
    database.with(
        text == null ? REMOVE : PUT,
        statement -> {
          int at = 1;
          if (text != null) {
            statement.setString(at++, text);
          }
          statement.setLong(at, mailboxId);
          return statement.executeUpdate();
        });
  }

  /** A mailbox without keys, or with outdated ones, has just told the right password. */
  void renew(Logins.Attempt attempt, String password, PasswordHash hash) {
    if (attempt.owner() != Owner.MAILBOX) {
      return;
    }
    if (!vault.isOn()) {
      put(attempt.id(), null);
      return;
    }
    var keys = find(attempt);
    if (keys.isPresent() && !vault.isOutdated(keys.get())) {
      return;
    }
    var text = vault.seal(attempt.name(), vault.derive(attempt.name(), password));
    database.with(
        ADD,
        statement -> {
          statement.setString(1, text);
          statement.setLong(2, attempt.id());
          statement.setString(3, hash.phc());
          return statement.executeUpdate();
        });
  }
}
