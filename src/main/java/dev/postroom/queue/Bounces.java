package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells senders of messages that could not be delivered (RFC 3464). */
@ApplicationScoped
public class Bounces {
  /**
   * One recipient that was not reached.
   *
   * @param diagnostic what happened, for people; the remote host's reply where there was one
   */
  public record Failure(MailAddress recipient, EnhancedStatus status, String diagnostic) {}

  /**
   * Composes one report about all these recipients and hands it to {@link Returns}, inside the
   * caller's transaction. Does nothing for the null reverse-path: no report is ever reported on.
   *
   * @param content the message, whose header section the report quotes
   */
  public void send(TraceId trace, ReversePath sender, BlobId content, List<Failure> failures) {
    throw new UnsupportedOperationException();
  }
}
