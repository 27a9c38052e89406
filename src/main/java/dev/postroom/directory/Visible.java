package dev.postroom.directory;

import java.util.Map;

/**
 * What a viewer may see, as a condition in HQL: the only place where tenants are told apart.
 * Queries name their entities {@code account}, {@code mailbox} and {@code plan}.
 */
record Visible(String condition, Map<String, Object> parameters) {
  private static final Visible ALL = new Visible("1 = 1", Map.of());
  private static final Visible NOTHING = new Visible("1 = 0", Map.of());

  /** Accounts, and domains and forwarders by the account that they belong to. */
  static Visible byAccount(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> ALL;
      case Viewer.MailboxUser _ -> NOTHING;
      case Viewer.Person(var id, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> ALL;
            case RESELLER -> of("(account.id = :viewer or account.parent.id = :viewer)", id);
            case CUSTOMER -> of("account.id = :viewer", id);
          };
    };
  }

  static Visible mailboxes(Viewer viewer) {
    return switch (viewer) {
      case Viewer.MailboxUser(var id, _) -> of("mailbox.id = :viewer", id);
      case Viewer.Server _, Viewer.Person _ -> byAccount(viewer);
    };
  }

  /**
   * Everybody's plans are seen by resellers, who may put customers on them; a customer sees its
   * own.
   */
  static Visible plans(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> ALL;
      case Viewer.MailboxUser _ -> NOTHING;
      case Viewer.Person(var id, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> ALL;
            case RESELLER -> of("(plan.owner.id is null or plan.owner.id = :viewer)", id);
            case CUSTOMER ->
                of("plan.id = (select own.plan.id from Account own where own.id = :viewer)", id);
          };
    };
  }

  private static Visible of(String condition, long viewer) {
    return new Visible(condition, Map.of("viewer", viewer));
  }
}
