package dev.postroom.smtp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Extensions whose parameters MAIL and RCPT may have where they are offered. */
enum Extension {
  BINARYMIME,
  DELIVERBY,
  DSN,
  FUTURERELEASE,
  LIMITS,
  MT_PRIORITY,
  REQUIRETLS,
  SMTPUTF8;

  /** Which of them a parameter of MAIL or RCPT belongs to; empty for those known to everybody. */
  static Optional<Extension> of(String parameter) {
    return switch (parameter) {
      case "BY" -> Optional.of(DELIVERBY);
      case "ENVID", "NOTIFY", "ORCPT", "RET" -> Optional.of(DSN);
      case "HOLDFOR", "HOLDUNTIL" -> Optional.of(FUTURERELEASE);
      case "MT-PRIORITY" -> Optional.of(MT_PRIORITY);
      case "REQUIRETLS" -> Optional.of(REQUIRETLS);
      case "SMTPUTF8" -> Optional.of(SMTPUTF8);
      default -> Optional.empty();
    };
  }

  /** Its line in the reply to EHLO. */
  String announcement(SmtpConfig config, Instant now) {
    return switch (this) {
      case BINARYMIME, DSN, REQUIRETLS, SMTPUTF8 -> name();
      // RFC 2852 §2: the least time that a message may be given that is to be returned after it
      case DELIVERBY -> name() + " " + config.shortestDeliverBy().toSeconds();
      // RFC 4865 §3: the longest time in seconds, and its end
      case FUTURERELEASE ->
          name()
              + " "
              + config.longestHold().toSeconds()
              + " "
              + now.plus(config.longestHold()).truncatedTo(ChronoUnit.SECONDS);
      // RFC 9422 §4: more recipients get 452; of messages or domains there may be any number
      case LIMITS -> name() + " RCPTMAX=" + config.maxRecipients();
      case MT_PRIORITY -> "MT-PRIORITY"; // RFC 6710 §3: no profile, all values from -9 to 9
    };
  }
}
