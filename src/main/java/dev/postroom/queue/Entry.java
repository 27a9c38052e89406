package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Instant;

/** A row of the queue that this process has claimed. */
record Entry(
    long id,
    TraceId trace,
    ReversePath reversePath,
    MailAddress recipient,
    String destination,
    BlobId content,
    long size,
    boolean eightBit,
    String extraHeader,
    Instant expiresAt,
    int attempts,
    MailOptions options,
    RecipientOptions recipientOptions) {

  /** What entries have in common that can be sent in one transaction. */
  record Letter(TraceId trace, ReversePath reversePath, BlobId content, String extraHeader) {}

  Letter letter() {
    return new Letter(trace, reversePath, content, extraHeader);
  }
}
