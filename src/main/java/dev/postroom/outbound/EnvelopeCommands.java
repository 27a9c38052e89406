package dev.postroom.outbound;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.MailAddress;
import dev.postroom.smtp.syntax.Utf8Address;
import dev.postroom.smtp.syntax.Xtext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** MAIL and RCPT, with what the sender asked for as far as the server has heard of it. */
final class EnvelopeCommands {
  /** RFC 2852 §4: nine digits and a sign. */
  private static final long MOST_SECONDS = 999_999_999;

  private static final String UTF8_TYPE = "utf-8";

  private final OutgoingMessage message;
  private final Extensions offered;
  private final InstantSource clock;

  EnvelopeCommands(OutgoingMessage message, Extensions offered, InstantSource clock) {
    this.message = message;
    this.offered = offered;
    this.clock = clock;
  }

  String mail() {
    var shipment = message.shipment();
    var options = shipment.options();
    var command = new StringBuilder("MAIL FROM:").append(shipment.reversePath());
    if (offered.size()) {
      command.append(" SIZE=").append(message.size()); // RFC 1870 §3
    }
    if (message.body() != BodyType.SEVEN_BIT) {
      command.append(" BODY=").append(message.body().keyword()); // RFC 6152 §2, RFC 3030 §3
    }
    if (message.smtpUtf8()) {
      command.append(" SMTPUTF8"); // RFC 6531 §3.4
    }
    if (options.requireTls()) {
      command.append(" REQUIRETLS"); // RFC 8689 §4.2.1
    }
    if (offered.dsn()) {
      // RFC 3461 §5.2.1
      if (options.dsnReturn() != null) {
        command.append(" RET=").append(options.dsnReturn());
      }
      if (options.envelopeId() != null) {
        command.append(" ENVID=").append(Xtext.encode(options.envelopeId()));
      }
    }
    if (offered.mtPriority() && options.priority() != 0) {
      command.append(" MT-PRIORITY=").append(options.priority()); // RFC 6710 §4.3
    }
    if (offered.deliverBy() && options.deliverBy() != null) {
      command.append(" BY=").append(by(options.deliverBy()));
    }
    return command.toString();
  }

  /** RFC 2852 §4.1.3: what is left of the time. */
  private String by(DeliverBy deliverBy) {
    long left = Duration.between(clock.instant(), deliverBy.deadline()).toSeconds();
    return Math.clamp(left, -MOST_SECONDS, MOST_SECONDS)
        + switch (deliverBy.mode()) {
          case RETURN -> ";R";
          case NOTIFY -> ";N";
        }
        + (deliverBy.traced() ? "T" : "");
  }

  String recipient(MailAddress recipient) {
    var command = "RCPT TO:<" + recipient + ">";
    if (!offered.dsn()) {
      return command;
    }
    var options = message.shipment().optionsOf(recipient);
    if (!options.notifyOn().isEmpty()) {
      command +=
          options.notifyOn().stream()
              .sorted()
              .map(DsnNotify::name)
              .collect(Collectors.joining(",", " NOTIFY=", ""));
    }
    if (options.originalRecipient() != null) {
      command += " ORCPT=" + encoded(options.originalRecipient());
    }
    return command;
  }

  /** RFC 3461 §4.2, and RFC 6533 §3 in its form for servers that take ASCII only. */
  private static String encoded(String originalRecipient) {
    int semicolon = originalRecipient.indexOf(';');
    var type = originalRecipient.substring(0, semicolon);
    var address = originalRecipient.substring(semicolon + 1);
    return type
        + ";"
        + (type.equalsIgnoreCase(UTF8_TYPE) ? Utf8Address.encode(address) : Xtext.encode(address));
  }
}
