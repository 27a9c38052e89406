package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Plans: administrators have them for everybody, resellers for their own customers. */
@ApplicationScoped
public class Plans {
  private final Transactions transactions;
  private final Changed changed;

  Plans(Transactions transactions, Changed changed) {
    this.transactions = transactions;
    this.changed = changed;
  }

  public Listing<PlanInfo> list(Viewer viewer, PageRequest request) {
    return transactions.call(
        () ->
            infos(viewer)
                .search(request.search(), "plan.name")
                .page(request, "plan.name, plan.id"));
  }

  public PlanInfo find(Viewer viewer, long planId) {
    return transactions.call(() -> info(viewer, planId));
  }

  public PlanInfo create(Viewer viewer, String name, PlanLimits limits) {
    Rights.requireAtLeast(viewer, Role.RESELLER);
    return transactions.call(
        () -> {
          var plan = new Plan();
          plan.name = Inputs.name("name", name, Inputs.MAX_PLAN_NAME);
          plan.limits = checked(limits);
          plan.owner = owner(viewer);
          changed.insert(plan, "name", taken(plan.name));
          changed.created(viewer, Subject.PLAN, plan.id, plan.name);
          return plan.info(0);
        });
  }

  private static String taken(String name) {
    return "There is a plan named '" + name + "' already.";
  }

  private static @Nullable Account owner(Viewer viewer) {
    return viewer instanceof Viewer.Person(var id, var role, _) && role == Role.RESELLER
        ? Panache.getSession().getReference(Account.class, id)
        : null;
  }

  public PlanInfo update(Viewer viewer, long planId, String name, PlanLimits limits) {
    return transactions.call(
        () -> {
          var plan = editable(viewer, planId);
          plan.name = Inputs.name("name", name, Inputs.MAX_PLAN_NAME);
          plan.limits = checked(limits);
          changed.renamed("name", taken(plan.name));
          changed.updated(viewer, Subject.PLAN, plan.id, plan.name);
          return info(viewer, planId);
        });
  }

  /** Refused ({@code CONFLICT}) while accounts are on it. */
  public void remove(Viewer viewer, long planId) {
    transactions.run(
        () -> {
          var plan = editable(viewer, planId);
          if (Account.count("plan", plan) > 0) {
            throw Problems.conflict("", "Accounts are still on this plan.");
          }
          changed.removing(viewer, Subject.PLAN, plan.id, plan.name);
          plan.delete();
        });
  }

  /** Resellers see everybody's plans and may use them, but change their own alone. */
  private static Plan editable(Viewer viewer, long planId) {
    var plan = entity(viewer, planId);
    Rights.requireAtLeast(viewer, Role.RESELLER);
    if (Rights.roleOf(viewer) == Role.RESELLER && plan.owner == null) {
      throw Problems.forbidden("This plan is your provider's.");
    }
    return plan;
  }

  /**
   * The plan that somebody chose for an account.
   *
   * @param parent a reseller's plan is for that reseller's customers alone
   */
  @Nullable Plan forAccount(Viewer viewer, @Nullable Long planId, @Nullable Account parent) {
    if (planId == null) {
      return null;
    }
    var plan =
        entities(viewer)
            .where("plan.id = :id", "id", planId)
            .one()
            .orElseThrow(() -> Problems.invalid("planId", "There is no such plan."));
    if (plan.owner != null && (parent == null || !plan.owner.id.equals(parent.id))) {
      throw Problems.invalid("planId", "This plan is for the customers of its reseller only.");
    }
    return plan;
  }

  private static PlanLimits checked(PlanLimits limits) {
    checked("domains", limits.domains(), 0);
    checked("mailboxes", limits.mailboxes(), 0);
    checked("forwarders", limits.forwarders(), 0);
    checked("storageOctets", limits.storageOctets(), 0);
    checked("recipientsPerMessage", limits.recipientsPerMessage(), 1);
    checked("", limits.sending());
    checked("mailbox", limits.eachMailbox());
    return limits;
  }

  private static void checked(String prefix, SendingLimits limits) {
    checked(Inputs.field(prefix, "messagesPerHour"), limits.messagesPerHour(), 0);
    checked(Inputs.field(prefix, "messagesPerDay"), limits.messagesPerDay(), 0);
    checked(Inputs.field(prefix, "recipientsPerHour"), limits.recipientsPerHour(), 0);
    checked(Inputs.field(prefix, "recipientsPerDay"), limits.recipientsPerDay(), 0);
  }

  private static void checked(String field, long limit, long least) {
    if (limit != PlanLimits.UNLIMITED && limit < least) {
      throw Problems.invalid(
          field, "A limit is at least " + least + ", or " + PlanLimits.UNLIMITED + " for none.");
    }
  }

  private static PlanInfo info(Viewer viewer, long planId) {
    return infos(viewer)
        .where("plan.id = :id", "id", planId)
        .one()
        .orElseThrow(() -> Problems.notFound("plan"));
  }

  private static Plan entity(Viewer viewer, long planId) {
    return entities(viewer)
        .where("plan.id = :id", "id", planId)
        .one()
        .orElseThrow(() -> Problems.notFound("plan"));
  }

  private static DirectoryQuery<Plan> entities(Viewer viewer) {
    return new DirectoryQuery<>(
        "plan", "Plan plan", Visible.plans(viewer), row -> row.get(0, Plan.class));
  }

  private static DirectoryQuery<PlanInfo> infos(Viewer viewer) {
    return new DirectoryQuery<>(
        "plan, (select count(*) from Account account where account.plan = plan)",
        "Plan plan",
        Visible.plans(viewer),
        row -> row.get(0, Plan.class).info(row.get(1, Long.class)));
  }
}
