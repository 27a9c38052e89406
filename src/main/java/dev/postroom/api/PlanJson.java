package dev.postroom.api;

import dev.postroom.directory.PlanInfo;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A plan. */
@Schema(name = "Plan")
public record PlanJson(
    long id,
    @Schema(description = "The reseller who made it; null for one that everybody may use.")
        @Nullable Long ownerId,
    String name,
    LimitsJson limits,
    @Schema(description = "How many accounts are on it.") long accounts) {
  static PlanJson of(PlanInfo plan) {
    return new PlanJson(
        plan.id(), plan.ownerId(), plan.name(), LimitsJson.of(plan.limits()), plan.accounts());
  }

  /** A plan to be created or replaced. */
  @Schema(name = "NewPlan")
  public record New(
      @Schema(required = true) @Nullable String name,
      @Schema(required = true) @Nullable LimitsJson limits) {}
}
