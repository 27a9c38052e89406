package dev.postroom.bulk;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to many.
 *
 * @param clientId what whoever asked for it calls it
 * @param note why it waits, or empty
 */
public record BulkJob(
    long id,
    long accountId,
    long mailboxId,
    String clientId,
    TraceId trace,
    JobState state,
    String note,
    MailAddress sender,
    String subject,
    BlobId content,
    int perMinute,
    int recipients,
    Instant createdAt,
    @Nullable Instant finishedAt) {}
