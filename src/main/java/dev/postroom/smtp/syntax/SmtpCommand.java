package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.ReversePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client can ask for (RFC 5321 §4.1.1, RFC 3207, RFC 4954). */
public sealed interface SmtpCommand {
  /**
   * @param name how the client calls itself, safe to be printed into a header
   */
  record Ehlo(String name) implements SmtpCommand {}

  /**
   * @param name how the client calls itself, safe to be printed into a header
   */
  record Helo(String name) implements SmtpCommand {}

  /**
   * LMTP's EHLO (RFC 2033 §4.1).
   *
   * @param name how the client calls itself, safe to be printed into a header
   */
  record Lhlo(String name) implements SmtpCommand {}

  /**
   * @param parameters by upper-case keyword, in the order written; empty for those without a value
   */
  record Mail(ReversePath reversePath, Map<String, String> parameters) implements SmtpCommand {}

  /**
   * @param parameters by upper-case keyword, in the order written; empty for those without a value
   * @param utf8 the line has more than ASCII: allowed within a message with SMTPUTF8 only
   */
  record Rcpt(ForwardPath recipient, Map<String, String> parameters, boolean utf8)
      implements SmtpCommand {}

  record Data() implements SmtpCommand {}

  /**
   * RFC 3030 §2.
   *
   * @param octets so many follow the line
   * @param last whether they are the message's last
   */
  record Bdat(long octets, boolean last) implements SmtpCommand {}

  record Rset() implements SmtpCommand {}

  record Noop() implements SmtpCommand {}

  record Quit() implements SmtpCommand {}

  record Vrfy(String who) implements SmtpCommand {}

  record Expn(String list) implements SmtpCommand {}

  /**
   * @param topic a command's name, or empty
   */
  record Help(String topic) implements SmtpCommand {}

  /**
   * @param initialResponse still in base64; null when there was none
   */
  record Auth(String mechanism, @Nullable String initialResponse) implements SmtpCommand {}

  record StartTls() implements SmtpCommand {}

  /** No command of ours. The verb is cut to a printable few letters. */
  record Unknown(String verb) implements SmtpCommand {}

  /** A command whose arguments cannot be read, and the reply to it. */
  record Malformed(int code, EnhancedStatus status, String why) implements SmtpCommand {}

  /** Longer than its limit: 500 (RFC 5321 §4.5.3.1.4). */
  record TooLong(int limit) implements SmtpCommand {}
}
