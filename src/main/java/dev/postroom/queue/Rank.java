package dev.postroom.queue;

import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;

/** Who stands above whom: what somebody above holds, nobody below lets go. */
final class Rank {
  private Rank() {}

  static int of(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> of(Role.ADMINISTRATOR);
      case Viewer.Person(_, var role, _) -> of(role);
      case Viewer.MailboxUser _ -> 0;
    };
  }

  private static int of(Role role) {
    return switch (role) {
      case ADMINISTRATOR -> 3;
      case RESELLER -> 2;
      case CUSTOMER -> 1;
    };
  }
}
