package dev.postroom.api;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a plan allows. */
@Schema(name = "Limits", description = "A limit that is null or left out is none.")
public record LimitsJson(
    @Nullable Long domains,
    @Nullable Long mailboxes,
    @Nullable Long forwarders,
    @Schema(description = "The sum of the mailboxes' quotas.") @Nullable Long storageOctets,
    @Nullable Long recipientsPerMessage,
    @Schema(description = "Of the account; a reseller's counts what its customers send, too.")
        @Nullable Long messagesPerHour,
    @Nullable Long messagesPerDay,
    @Nullable Long recipientsPerHour,
    @Nullable Long recipientsPerDay,
    @Schema(description = "Of each mailbox, unless other limits are set for one.")
        @Nullable Long mailboxMessagesPerHour,
    @Nullable Long mailboxMessagesPerDay,
    @Nullable Long mailboxRecipientsPerHour,
    @Nullable Long mailboxRecipientsPerDay) {
  static LimitsJson of(PlanLimits limits) {
    return new LimitsJson(
        orNull(limits.domains()),
        orNull(limits.mailboxes()),
        orNull(limits.forwarders()),
        orNull(limits.storageOctets()),
        orNull(limits.recipientsPerMessage()),
        orNull(limits.sending().messagesPerHour()),
        orNull(limits.sending().messagesPerDay()),
        orNull(limits.sending().recipientsPerHour()),
        orNull(limits.sending().recipientsPerDay()),
        orNull(limits.eachMailbox().messagesPerHour()),
        orNull(limits.eachMailbox().messagesPerDay()),
        orNull(limits.eachMailbox().recipientsPerHour()),
        orNull(limits.eachMailbox().recipientsPerDay()));
  }

  static @Nullable Long orNull(long limit) {
    return limit == PlanLimits.UNLIMITED ? null : limit;
  }

  PlanLimits limits() {
    return new PlanLimits(
        orNone("domains", domains),
        orNone("mailboxes", mailboxes),
        orNone("forwarders", forwarders),
        orNone("storageOctets", storageOctets),
        orNone("recipientsPerMessage", recipientsPerMessage),
        new SendingLimits(
            orNone("messagesPerHour", messagesPerHour),
            orNone("messagesPerDay", messagesPerDay),
            orNone("recipientsPerHour", recipientsPerHour),
            orNone("recipientsPerDay", recipientsPerDay)),
        new SendingLimits(
            orNone("mailboxMessagesPerHour", mailboxMessagesPerHour),
            orNone("mailboxMessagesPerDay", mailboxMessagesPerDay),
            orNone("mailboxRecipientsPerHour", mailboxRecipientsPerHour),
            orNone("mailboxRecipientsPerDay", mailboxRecipientsPerDay)));
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
