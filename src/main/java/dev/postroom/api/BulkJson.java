package dev.postroom.api;

import dev.postroom.bulk.BulkJob;
import dev.postroom.bulk.BulkJobs;
import dev.postroom.bulk.BulkRecipient;
import dev.postroom.bulk.BulkRequest;
import dev.postroom.bulk.JobState;
import dev.postroom.bulk.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message to many. */
@Schema(name = "BulkJob")
public record BulkJson(
    String id,
    long accountId,
    @Schema(description = "Of the message, in logs and in the trace.") String trace,
    @Schema(description = "running, paused, cancelled or done") String state,
    @Schema(description = "Why it waits, or empty.") String note,
    String from,
    String subject,
    int ratePerMinute,
    int recipients,
    Counts progress,
    Instant createdAt,
    @Nullable Instant finishedAt) {
  static BulkJson of(BulkJobs.View view) {
    BulkJob job = view.job();
    return new BulkJson(
        job.clientId(),
        job.accountId(),
        job.trace().value(),
        word(job.state()),
        job.note(),
        job.sender().toString(),
        job.subject(),
        job.perMinute(),
        job.recipients(),
        Counts.of(view.progress()),
        job.createdAt(),
        job.finishedAt());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** How many recipients stand how. */
  @Schema(name = "BulkProgress")
  public record Counts(
      @Schema(description = "Not yet in the queue.") long waiting,
      @Schema(description = "On their way.") long queued,
      @Schema(description = "Of these, those that are tried again.") long delayed,
      long sent,
      long failed,
      @Schema(description = "On the list of addresses that get no bulk mail.") long suppressed,
      long cancelled,
      @Schema(description = "Left the queue, and nothing was heard.") long unknown) {
    static Counts of(Progress progress) {
      return new Counts(
          progress.waiting(),
          progress.queued(),
          progress.delayed(),
          progress.sent(),
          progress.failed(),
          progress.suppressed(),
          progress.cancelled(),
          progress.unknown());
    }
  }

  /** What is to be sent. */
  @Schema(name = "NewBulkJob")
  public record New(
      @Schema(required = true, description = "A mailbox of the caller's, or of its customers'.")
          @Nullable String from,
      @Schema(description = "The message in full (RFC 5322), instead of subject, text and html.")
          @Nullable String message,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String html,
      @Schema(required = true) @Nullable List<@Nullable String> recipients,
      @Schema(description = "Left out: the highest rate.") @Nullable Integer ratePerMinute) {
    BulkRequest request(String id) {
      if (message == null) {
        Body.required("subject", subject);
        Body.required("text", text);
      }
      return new BulkRequest(
          id,
          Body.address("from", from),
          message,
          Body.or(subject, ""),
          Body.or(text, ""),
          Body.or(html, ""),
          Body.addresses("recipients", recipients),
          ratePerMinute);
    }
  }

  /** What a job is to be. */
  @Schema(name = "BulkState")
  public record State(
      @Schema(required = true, description = "running, paused or cancelled")
          @Nullable String state) {
    JobState asState() {
      return switch (Body.required("state", state)) {
        case "running" -> JobState.RUNNING;
        case "paused" -> JobState.PAUSED;
        case "cancelled" -> JobState.CANCELLED;
        default -> throw Body.invalid("state", "A state is 'running', 'paused' or 'cancelled'.");
      };
    }
  }

  /** One recipient. */
  @Schema(name = "BulkRecipient")
  public record To(
      String address,
      String state,
      @Schema(description = "The last words about it, or empty.") String status) {
    static To of(BulkRecipient recipient) {
      return new To(recipient.address().toString(), word(recipient.state()), recipient.status());
    }
  }
}
