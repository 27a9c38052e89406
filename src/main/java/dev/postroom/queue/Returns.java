package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;

/** Brings a report back to the sender of a message; {@code routing} does it. */
public interface Returns {
  /**
   * Inside the caller's transaction: into the sender's mailbox here, or into the queue with the
   * null reverse-path.
   */
  void returnToSender(TraceId trace, MailAddress sender, BlobId report, long size);
}
