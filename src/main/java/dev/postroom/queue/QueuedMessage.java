package dev.postroom.queue;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Instant;

/**
 * One message for one recipient in the queue, as pages show it.
 *
 * @param lastStatus what the last attempt ended with, empty before the first
 */
public record QueuedMessage(
    long id,
    TraceId trace,
    ReversePath reversePath,
    MailAddress recipient,
    long size,
    Instant queuedAt,
    Instant nextAttemptAt,
    int attempts,
    String lastStatus) {}
