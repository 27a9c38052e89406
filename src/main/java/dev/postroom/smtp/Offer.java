package dev.postroom.smtp;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Which extensions are there for a client at this moment: EHLO announces them, and only their
 * parameters are known.
 *
 * @param secure whether the connection is encrypted
 */
record Offer(Service service, boolean secure, SmtpConfig config) {
  boolean includes(Extension extension) {
    return switch (extension) {
      case BINARYMIME, DELIVERBY, LIMITS, SMTPUTF8 -> true;
      // RFC 3461; a stranger may forge the sender, and have the reports sent to a victim
      case DSN -> service != Service.RECEIVING || config.dsnForStrangers();
      case REQUIRETLS -> secure; // RFC 8689 §2
      // RFC 4865 §3: for submission only; strangers could fill the queue for weeks
      case FUTURERELEASE -> service.forUsers() && !config.longestHold().isZero();
      case MT_PRIORITY -> service.forUsers(); // RFC 6710 §8: only from those who are known
    };
  }

  /** Whether a parameter of MAIL or RCPT means anything here. */
  boolean knows(String parameter) {
    return Extension.of(parameter).map(this::includes).orElse(true);
  }

  /** For the reply to EHLO. */
  List<String> announced(Instant now) {
    return Arrays.stream(Extension.values())
        .filter(this::includes)
        .map(extension -> extension.announcement(config, now))
        .toList();
  }
}
