package dev.postroom.api;

import dev.postroom.directory.SendingLimits;
import dev.postroom.sending.Allowance;
import dev.postroom.sending.Sent;
import dev.postroom.sending.SetLimits;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What one account, domain or mailbox may send, and has sent. */
@Schema(name = "Sending")
public record SendingJson(
    @Schema(description = "What holds: what is set, else the plan's.") Four limits,
    @Schema(description = "What the plan says.") Four plan,
    @Schema(description = "What is set for this one; null is what the plan says.") Four set,
    @Schema(description = "Whether the caller may set other limits.") boolean mayChange,
    @Schema(description = "Zeros where there is no limit: then nothing is counted.") Used used) {
  static SendingJson of(Allowance allowance) {
    return new SendingJson(
        Four.of(allowance.limits()),
        Four.of(allowance.plan()),
        Four.of(allowance.set()),
        allowance.mayChange(),
        Used.of(allowance.sent()));
  }

  /** Four limits. */
  @Schema(name = "SendingLimits", description = "A limit that is null or left out is none.")
  public record Four(
      @Nullable Long messagesPerHour,
      @Nullable Long messagesPerDay,
      @Nullable Long recipientsPerHour,
      @Nullable Long recipientsPerDay) {
    static Four of(SendingLimits limits) {
      return new Four(
          LimitsJson.orNull(limits.messagesPerHour()),
          LimitsJson.orNull(limits.messagesPerDay()),
          LimitsJson.orNull(limits.recipientsPerHour()),
          LimitsJson.orNull(limits.recipientsPerDay()));
    }

    static Four of(SetLimits set) {
      return new Four(
          set.messagesPerHour(),
          set.messagesPerDay(),
          set.recipientsPerHour(),
          set.recipientsPerDay());
    }

    SetLimits limits() {
      return new SetLimits(messagesPerHour, messagesPerDay, recipientsPerHour, recipientsPerDay);
    }
  }

  /** What was sent. */
  @Schema(
      name = "SendingUse",
      description = "In the running hour, and in this and the 23 hours before it.")
  public record Used(
      long messagesThisHour,
      long messagesThisDay,
      long recipientsThisHour,
      long recipientsThisDay) {
    static Used of(Sent sent) {
      return new Used(
          sent.messagesThisHour(),
          sent.messagesThisDay(),
          sent.recipientsThisHour(),
          sent.recipientsThisDay());
    }
  }
}
