package dev.postroom.api;

import dev.postroom.directory.PlanLimits;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a plan allows. */
@Schema(name = "Limits", description = "A limit that is null or left out is none.")
public record LimitsJson(
    @Nullable Long domains,
    @Nullable Long mailboxes,
    @Nullable Long forwarders,
    @Schema(description = "The sum of the mailboxes' quotas.") @Nullable Long storageOctets,
    @Nullable Long messagesPerHour,
    @Nullable Long messagesPerDay,
    @Nullable Long recipientsPerMessage) {
  static LimitsJson of(PlanLimits limits) {
    return new LimitsJson(
        orNull(limits.domains()),
        orNull(limits.mailboxes()),
        orNull(limits.forwarders()),
        orNull(limits.storageOctets()),
        orNull(limits.messagesPerHour()),
        orNull(limits.messagesPerDay()),
        orNull(limits.recipientsPerMessage()));
  }

  private static @Nullable Long orNull(long limit) {
    return limit == PlanLimits.UNLIMITED ? null : limit;
  }

  PlanLimits limits() {
    return new PlanLimits(
        orNone("domains", domains),
        orNone("mailboxes", mailboxes),
        orNone("forwarders", forwarders),
        orNone("storageOctets", storageOctets),
        orNone("messagesPerHour", messagesPerHour),
        orNone("messagesPerDay", messagesPerDay),
        orNone("recipientsPerMessage", recipientsPerMessage));
  }

  private static long orNone(String field, @Nullable Long limit) {
    if (limit == null) {
      return PlanLimits.UNLIMITED;
    }
    if (limit < 0) {
      throw Body.invalid(field, "A limit is not negative; null stands for none.");
    }
    return limit;
  }
}
