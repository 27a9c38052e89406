package dev.postroom.sending;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.audit.Deed.Owner;
import dev.postroom.directory.Viewer;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;

/** What is written into the audit log about limits. */
@ApplicationScoped
class Deeds {
  private final Audit audit;
  private final AgroalDataSource database;

  Deeds(Audit audit, AgroalDataSource database) {
    this.audit = audit;
    this.database = database;
  }

  /** In the caller's transaction. */
  void limitsSet(Viewer viewer, Scope scope, String name, SetLimits limits) {
    var deed = new Deed("sending-limits.set", name, words(limits), (Long) null);
    try (var connection = database.getConnection()) {
      audit.record(connection, viewer, deed.of(owner(scope), scope.id()));
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  private static Owner owner(Scope scope) {
    return switch (scope.kind()) {
      case ACCOUNT -> Owner.ACCOUNT;
      case DOMAIN -> Owner.DOMAIN;
      case MAILBOX -> Owner.MAILBOX;
    };
  }

  private static String words(SetLimits limits) {
    var words = new ArrayList<String>();
    for (var counted : Counted.values()) {
      var limit = limits.of(counted);
      if (limit != null) {
        words.add(limit + " " + counted.words());
      }
    }
    return words.isEmpty() ? "as the plan says" : String.join(", ", words);
  }
}
