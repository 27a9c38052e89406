package dev.postroom.directory;

/** Who stands above whom. What a viewer sees at all is decided in {@link Visible}. */
final class Rights {
  private static final int SERVER = 4;
  private static final int MAILBOX_USER = 0;

  private Rights() {}

  static int rank(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> SERVER;
      case Viewer.Person(_, var role, _) -> rank(role);
      case Viewer.MailboxUser _ -> MAILBOX_USER;
    };
  }

  static int rank(Role role) {
    return switch (role) {
      case ADMINISTRATOR -> 3;
      case RESELLER -> 2;
      case CUSTOMER -> 1;
    };
  }

  /** The role on whose authority a viewer acts; a mailbox user has none. */
  static Role roleOf(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> Role.ADMINISTRATOR;
      case Viewer.Person(_, var role, _) -> role;
      case Viewer.MailboxUser _ -> throw forbidden();
    };
  }

  static boolean isSelf(Viewer viewer, Account account) {
    return viewer instanceof Viewer.Person(var id, _, _) && id == account.id;
  }

  /** The viewer sees the account already; may it also decide over it? */
  static void requireOver(Viewer viewer, Account account) {
    requireAtLeast(viewer, Role.RESELLER);
    if (isSelf(viewer, account)) {
      throw Problems.forbidden("You cannot do this to your own account.");
    }
  }

  static void requireAtLeast(Viewer viewer, Role role) {
    if (rank(viewer) < rank(role)) {
      throw forbidden();
    }
  }

  private static DirectoryProblem forbidden() {
    return Problems.forbidden("You are not allowed to do this.");
  }
}
