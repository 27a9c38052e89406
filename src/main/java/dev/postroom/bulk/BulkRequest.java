package dev.postroom.bulk;

import dev.postroom.mail.MailAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to send to many.
 *
 * @param sender a mailbox that the viewer sees
 * @param content a message in full, or null for {@code subject}, {@code text} and {@code html}
 * @param html empty for none
 * @param perMinute null for the highest rate
 */
public record BulkRequest(
    String clientId,
    MailAddress sender,
    @Nullable String content,
    String subject,
    String text,
    String html,
    List<MailAddress> recipients,
    @Nullable Integer perMinute) {
  public BulkRequest {
    recipients = List.copyOf(recipients);
  }
}
