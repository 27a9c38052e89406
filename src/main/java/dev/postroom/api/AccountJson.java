package dev.postroom.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.AccountUse;
import dev.postroom.directory.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account. */
@Schema(name = "Account")
public record AccountJson(
    long id,
    @Schema(description = "The reseller it belongs to.") @Nullable Long parentId,
    @Schema(enumeration = {"administrator", "reseller", "customer"}) String role,
    String login,
    String name,
    @Schema(description = "Null for no limits.") @Nullable Long planId,
    @Nullable String planName,
    SuspensionJson suspension,
    @Schema(description = "How many domains it has.") long domains,
    Instant createdAt) {
  static AccountJson of(AccountInfo account) {
    return new AccountJson(
        account.id(),
        account.parentId(),
        account.role().name().toLowerCase(Locale.ROOT),
        account.login(),
        account.name(),
        account.planId(),
        account.planName(),
        SuspensionJson.of(account.suspension()),
        account.domains(),
        account.createdAt());
  }

  /** An account to be created. */
  @Schema(name = "NewAccount")
  public record New(
      @Schema(
              enumeration = {"administrator", "reseller", "customer"},
              defaultValue = "customer")
          @Nullable String role,
      @Schema(required = true) @Nullable String login,
      @Nullable String name,
      @Schema(description = "Left out, the account has no limits.") @Nullable Long planId,
      @Schema(description = "The reseller that it belongs to; a reseller's own id by itself.")
          @Nullable Long parentId,
      @Schema(description = "Left out, nobody can sign in before one is set.", writeOnly = true)
          @Nullable String password) {
    Role asRole() {
      var text = Body.or(role, "customer");
      return Arrays.stream(Role.values())
          .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst()
          .orElseThrow(() -> Body.invalid("role", "A role is one of " + roles() + "."));
    }

    private static String roles() {
      return Arrays.stream(Role.values())
          .map(known -> known.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
  }

  /** What a PATCH changes; what is left out stays. */
  @Schema(name = "AccountChange")
  public record Change(
      @Nullable String name,
      @Schema(type = SchemaType.INTEGER, nullable = true, description = "Null for no limits.")
          @Nullable JsonNode planId) {
    @Nullable Long planId(AccountInfo now) {
      if (planId == null) {
        return now.planId();
      }
      if (planId.isNull()) {
        return null;
      }
      if (!planId.canConvertToLong() || !planId.isIntegralNumber()) {
        throw Body.invalid("planId", "A plan is named by its number, or null for none.");
      }
      return planId.longValue();
    }
  }

  /** What an account has, beside what its plan allows. */
  @Schema(name = "AccountUse")
  public record Use(
      LimitsJson limits,
      long domains,
      long mailboxes,
      long forwarders,
      @Schema(description = "The sum of the mailboxes' quotas.") long quotaOctets) {
    static Use of(AccountUse use) {
      return new Use(
          LimitsJson.of(use.limits()),
          use.domains(),
          use.mailboxes(),
          use.forwarders(),
          use.quotaOctets());
    }
  }
}
