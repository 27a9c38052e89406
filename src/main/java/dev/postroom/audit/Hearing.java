package dev.postroom.audit;

import dev.postroom.audit.Deed.Owner;
import dev.postroom.auth.CredentialChange;
import dev.postroom.directory.DirectoryChange;
import dev.postroom.directory.Viewer;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.Locale;

/** Makes entries of what other packages tell while they do it, in their transactions. */
@ApplicationScoped
class Hearing {
  private final AgroalDataSource database;
  private final Audit audit;

  Hearing(AgroalDataSource database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  void onChange(@Observes DirectoryChange change) {
    var action = word(change.subject()) + "." + word(change.action());
    write(
        change.viewer(),
        new Deed(action, change.name(), change.detail(), null).of(owner(change), change.id()));
  }

  private static Owner owner(DirectoryChange change) {
    return switch (change.subject()) {
      case ACCOUNT -> Owner.ACCOUNT;
      case PLAN -> Owner.PLAN;
      case DOMAIN -> Owner.DOMAIN;
      case MAILBOX, SHARE -> Owner.MAILBOX;
      case FORWARDER -> Owner.FORWARDER;
      case GROUP -> Owner.GROUP;
      case DESTINATION -> Owner.DESTINATION;
    };
  }

  void onChange(@Observes CredentialChange change) {
    switch (change) {
      case CredentialChange.MailboxPassword(var viewer, var id, var address) ->
          write(viewer, new Deed("password.changed", address, "", null).of(Owner.MAILBOX, id));
      case CredentialChange.AccountPassword(var viewer, var id, var login) ->
          write(viewer, new Deed("password.changed", login, "", id));
      case CredentialChange.TokenCreated(var viewer, var id, var login, var label) ->
          write(viewer, new Deed("token.created", login, label, id));
      case CredentialChange.TokenRevoked(var viewer, var id, var login, var label) ->
          write(viewer, new Deed("token.revoked", login, label, id));
    }
  }

  private void write(Viewer viewer, Deed deed) {
    try (var connection = database.getConnection()) {
      audit.record(connection, viewer, deed);
    } catch (SQLException failed) {
      throw new AuditUnavailableException(failed);
    }
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
