package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Accounts. Administrators manage all of them, resellers their customers. */
@ApplicationScoped
public class Accounts {
  private final Transactions transactions;
  private final Limits limits;
  private final Changed changed;
  private final Removal removal;
  private final Plans plans;
  private final Clock clock;

  Accounts(
      Transactions transactions,
      Limits limits,
      Changed changed,
      Removal removal,
      Plans plans,
      Clock clock) {
    this.transactions = transactions;
    this.limits = limits;
    this.changed = changed;
    this.removal = removal;
    this.plans = plans;
    this.clock = clock;
  }

  public Listing<AccountInfo> list(Viewer viewer, PageRequest request) {
    return transactions.call(
        () ->
            infos(viewer)
                .search(request.search(), "account.login", "account.name")
                .page(request, "account.login"));
  }

  public AccountInfo find(Viewer viewer, long accountId) {
    return transactions.call(() -> info(viewer, accountId));
  }

  public AccountInfo findByLogin(Viewer viewer, String login) {
    return transactions.call(
        () ->
            infos(viewer)
                .where("account.login = :login", "login", login.strip().toLowerCase(Locale.ROOT))
                .one()
                .orElseThrow(() -> Problems.notFound("account")));
  }

  /**
   * @param parentId the reseller of a new customer; ignored when a reseller creates it (its own)
   */
  public AccountInfo create(
      Viewer viewer,
      Role role,
      String login,
      String name,
      @Nullable Long planId,
      @Nullable Long parentId) {
    Rights.requireAtLeast(viewer, Role.RESELLER);
    if (Rights.roleOf(viewer) == Role.RESELLER && role != Role.CUSTOMER) {
      throw Problems.forbidden("Resellers create customers only.");
    }
    return transactions.call(
        () -> {
          var account = new Account();
          account.role = role;
          account.login = Inputs.login(login);
          account.name = Inputs.line("name", name, Inputs.MAX_NAME);
          account.parent = parent(viewer, role, parentId);
          account.plan = plans.forAccount(viewer, planId, account.parent);
          account.suspension = SuspensionState.NONE;
          account.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
          changed.insert(account, "login", "The login '" + account.login + "' is taken.");
          changed.created(viewer, Subject.ACCOUNT, account.id, account.login);
          return account.info(0);
        });
  }

  private @Nullable Account parent(Viewer viewer, Role role, @Nullable Long parentId) {
    if (viewer instanceof Viewer.Person(var own, var viewerRole, _)
        && viewerRole == Role.RESELLER) {
      return limits.lock(own);
    }
    if (parentId == null) {
      return null;
    }
    var parent = find(viewer, parentId, "parentId");
    if (role != Role.CUSTOMER || parent.role != Role.RESELLER) {
      throw Problems.invalid("parentId", "Only a customer belongs to an account, to a reseller's.");
    }
    return limits.lock(parentId);
  }

  private Account find(Viewer viewer, long accountId, String field) {
    return entities(viewer)
        .where("account.id = :id", "id", accountId)
        .one()
        .orElseThrow(() -> Problems.invalid(field, "There is no such account."));
  }

  public AccountInfo update(Viewer viewer, long accountId, String name, @Nullable Long planId) {
    return transactions.call(
        () -> {
          var account = entity(viewer, accountId);
          var plan = account.plan;
          if (!Objects.equals(planId, plan == null ? null : plan.id)) {
            requireOver(viewer, account);
            account.plan = plans.forAccount(viewer, planId, account.parent);
          }
          account.name = Inputs.line("name", name, Inputs.MAX_NAME);
          changed.updated(viewer, Subject.ACCOUNT, account.id, account.login);
          return info(viewer, accountId);
        });
  }

  /** An administrator may well choose a plan for itself. */
  private static void requireOver(Viewer viewer, Account account) {
    if (Rights.rank(viewer) < Rights.rank(Role.ADMINISTRATOR)) {
      Rights.requireOver(viewer, account);
    }
  }

  public AccountInfo suspend(Viewer viewer, long accountId, Suspension suspension) {
    return transactions.call(
        () -> {
          var account = entity(viewer, accountId);
          Rights.requireOver(viewer, account);
          account.suspension = account.suspension.changedBy(viewer, suspension);
          changed.suspended(viewer, Subject.ACCOUNT, account.id, account.login, account.suspension);
          return info(viewer, accountId);
        });
  }

  /**
   * Removes the account with its domains, mailboxes and mail; a reseller only without customers.
   */
  public void remove(Viewer viewer, long accountId) {
    transactions.run(
        () -> {
          Rights.requireOver(viewer, entity(viewer, accountId));
          var account = limits.lock(accountId);
          account.suspension.requireLiftableBy(viewer);
          removal.account(viewer, account);
        });
  }

  /**
   * Counts and use against the plan of one account; a reseller's include those of its customers, as
   * its plan does.
   */
  public AccountUse use(Viewer viewer, long accountId) {
    return transactions.call(() -> limits.use(entity(viewer, accountId)));
  }

  private AccountInfo info(Viewer viewer, long accountId) {
    return infos(viewer)
        .where("account.id = :id", "id", accountId)
        .one()
        .orElseThrow(() -> Problems.notFound("account"));
  }

  Account entity(Viewer viewer, long accountId) {
    return entities(viewer)
        .where("account.id = :id", "id", accountId)
        .one()
        .orElseThrow(() -> Problems.notFound("account"));
  }

  private static DirectoryQuery<Account> entities(Viewer viewer) {
    return new DirectoryQuery<>(
        "account",
        "Account account left join fetch account.plan",
        Visible.byAccount(viewer),
        row -> row.get(0, Account.class));
  }

  private static DirectoryQuery<AccountInfo> infos(Viewer viewer) {
    return new DirectoryQuery<>(
        "account, (select count(*) from Domain domain where domain.account = account)",
        "Account account left join fetch account.plan left join fetch account.parent",
        Visible.byAccount(viewer),
        row -> row.get(0, Account.class).info(row.get(1, Long.class)));
  }
}
