package dev.postroom.sending;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanInfo;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Role;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what may be sent and what was, and lets limits be set for one. */
@ApplicationScoped
public class Allowances {
  private final Transactions transactions;
  private final Accounts accounts;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final Plans plans;
  private final SetLimitsTable table;
  private final Deeds deeds;
  private final Windows windows;
  private final Event<LimitsChanged> changes;
  private final Clock clock;

  Allowances(
      Transactions transactions,
      Accounts accounts,
      Domains domains,
      Mailboxes mailboxes,
      Plans plans,
      SetLimitsTable table,
      Deeds deeds,
      Windows windows,
      Event<LimitsChanged> changes,
      Clock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.plans = plans;
    this.table = table;
    this.deeds = deeds;
    this.windows = windows;
    this.changes = changes;
    this.clock = clock;
  }

  /** What one account, domain or mailbox may send, and has sent. */
  public Allowance find(Viewer viewer, Scope scope) {
    return transactions.call(
        () -> {
          var plan = plan(viewer, scope);
          var stored = table.find(scope);
          var limits = stored.limits().over(plan);
          var sent =
              limits.isLimited()
                  ? windows.of(List.of(scope)).getFirst().sent(clock.instant())
                  : new Sent(0, 0, 0, 0);
          return new Allowance(
              scope, limits, plan, stored.limits(), mayChange(viewer, scope, stored.by()), sent);
        });
  }

  /** What the plan says; fails when the viewer does not see the subject. */
  private SendingLimits plan(Viewer viewer, Scope scope) {
    return switch (scope.kind()) {
      case ACCOUNT -> plan(accounts.find(viewer, scope.id()).planId()).sending();
      case DOMAIN -> {
        domains.find(viewer, scope.id());
        yield SendingLimits.NONE;
      }
      case MAILBOX -> {
        var account = mailboxes.find(viewer, scope.id()).accountId();
        yield plan(accounts.find(Viewer.SERVER, account).planId()).eachMailbox();
      }
    };
  }

  private PlanLimits plan(@Nullable Long planId) {
    return planId == null ? PlanLimits.NONE : find(planId).limits();
  }

  private PlanInfo find(long planId) {
    return plans.find(Viewer.SERVER, planId);
  }

  /** Nobody sets limits for itself, and nobody changes what somebody above has set. */
  private static boolean mayChange(Viewer viewer, Scope scope, @Nullable Role setBy) {
    return switch (viewer) {
      case Viewer.Server() -> true;
      case Viewer.MailboxUser _ -> false;
      case Viewer.Person(var id, var role, _) ->
          (setBy == null || rank(setBy) <= rank(role))
              && (scope.kind() != Scope.Kind.ACCOUNT
                  || role == Role.ADMINISTRATOR
                  || role == Role.RESELLER && scope.id() != id);
    };
  }

  private static int rank(Role role) {
    return switch (role) {
      case CUSTOMER -> 0;
      case RESELLER -> 1;
      case ADMINISTRATOR -> 2;
    };
  }

  /** Sets limits for one; a customer may narrow what the plan says, not widen it. */
  public Allowance change(Viewer viewer, Scope scope, SetLimits wanted) {
    return transactions.call(
        () -> {
          var now = find(viewer, scope);
          if (!now.mayChange()) {
            throw new DirectoryProblem(
                Kind.FORBIDDEN, "", "These limits are your provider's to change.");
          }
          var by = roleOf(viewer);
          for (var counted : Counted.values()) {
            check(counted, wanted, now.plan(), by);
          }
          table.set(scope, wanted, by);
          deeds.limitsSet(viewer, scope, name(scope), wanted);
          changes.fire(new LimitsChanged(scope));
          return find(viewer, scope);
        });
  }

  private String name(Scope scope) {
    return switch (scope.kind()) {
      case ACCOUNT -> accounts.find(Viewer.SERVER, scope.id()).login();
      case DOMAIN -> domains.find(Viewer.SERVER, scope.id()).name().ascii();
      case MAILBOX -> mailboxes.find(Viewer.SERVER, scope.id()).address().toString();
    };
  }

  private static Role roleOf(Viewer viewer) {
    return viewer instanceof Viewer.Person(_, var role, _) ? role : Role.ADMINISTRATOR;
  }

  private static void check(Counted counted, SetLimits wanted, SendingLimits plan, Role by) {
    var field = SetLimits.field(counted);
    var limit = wanted.of(counted);
    if (limit == null) {
      return;
    }
    if (limit < 0) {
      throw new DirectoryProblem(Kind.INVALID, field, "A limit is not negative.");
    }
    long most = counted.limit(plan);
    if (by == Role.CUSTOMER && most != PlanLimits.UNLIMITED && limit > most) {
      throw new DirectoryProblem(
          Kind.LIMIT, field, "Your plan allows " + most + " " + counted.words() + ".");
    }
  }
}
