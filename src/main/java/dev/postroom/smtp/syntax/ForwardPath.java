package dev.postroom.smtp.syntax;

import dev.postroom.mail.MailAddress;

/** Whom RCPT names (RFC 5321 §4.1.1.3). */
public sealed interface ForwardPath {
  record To(MailAddress address) implements ForwardPath {
    @Override
    public String toString() {
      return "<" + address + ">";
    }
  }

  /** {@code <postmaster>} without a domain: whoever runs this server (RFC 5321 §4.5.1). */
  record Postmaster() implements ForwardPath {
    @Override
    public String toString() {
      return "<postmaster>";
    }
  }
}
