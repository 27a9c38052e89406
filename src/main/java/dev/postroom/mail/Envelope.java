package dev.postroom.mail;

import java.util.List;

/** What SMTP says about a message beside its content (RFC 5321 §2.3.1). */
public record Envelope(ReversePath reversePath, List<MailAddress> recipients) {
  public Envelope {
    recipients = List.copyOf(recipients);
  }
}
