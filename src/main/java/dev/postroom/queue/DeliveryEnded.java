package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * A message is delivered to one recipient elsewhere, or will never be: a CDI event, fired on the
 * worker's thread after the entry has left the queue.
 *
 * @param status null when it is delivered
 * @param text the remote host's last words, with its name
 */
public record DeliveryEnded(
    TraceId trace,
    ReversePath reversePath,
    MailAddress recipient,
    @Nullable EnhancedStatus status,
    String text) {
  public boolean delivered() {
    return status == null;
  }
}
