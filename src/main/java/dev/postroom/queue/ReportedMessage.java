package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;

/**
 * The message that a report is about.
 *
 * @param options what its sender asked for it
 */
public record ReportedMessage(
    TraceId trace, ReversePath sender, BlobId content, MailOptions options) {}
