package dev.postroom.bulk;

import dev.postroom.bulk.JobTable.Whose;
import dev.postroom.directory.Viewer;
import java.util.List;

/** What a viewer may see: its own, a reseller also its customers', an administrator all. */
final class Whoever {
  private Whoever() {}

  static Whose of(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> new Whose("TRUE", List.of());
      case Viewer.MailboxUser _ -> new Whose("FALSE", List.of());
      case Viewer.Person(var id, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> new Whose("TRUE", List.of());
            case RESELLER ->
                new Whose(
                    "account_id IN (SELECT id FROM account WHERE id = ? OR parent_id = ?)",
                    List.of(id, id));
            case CUSTOMER -> new Whose("account_id = ?", List.of(id));
          };
    };
  }
}
