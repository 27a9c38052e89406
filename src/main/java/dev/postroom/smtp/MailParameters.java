package dev.postroom.smtp;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.MailOptions;
import dev.postroom.smtp.syntax.DeliverByTime;
import dev.postroom.smtp.syntax.DsnParameters;
import dev.postroom.smtp.syntax.ReleaseTime;
import dev.postroom.smtp.syntax.SmtpReply;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What extensions let a client say in MAIL: SIZE (RFC 1870), BODY (RFC 6152, RFC 3030), AUTH (RFC
 * 4954), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461), BY (RFC 2852), HOLDFOR and HOLDUNTIL (RFC
 * 4865), MT-PRIORITY (RFC 6710), REQUIRETLS (RFC 8689).
 */
final class MailParameters {
  private static final int MAX_SIZE_DIGITS = 18; // RFC 1870 §6.1 allows 20: more than a long holds

  /** RFC 6710 §3. */
  private static final Pattern PRIORITY = Pattern.compile("-?[1-9]|0");

  private final Offer offer;
  private final Instant now;
  private MailOptions options = MailOptions.NONE;
  private long size;
  private boolean lowered;

  MailParameters(Offer offer, Instant now) {
    this.offer = offer;
    this.now = now;
  }

  /** The announced size, 0 when there is none. */
  long size() {
    return size;
  }

  MailOptions options() {
    return options;
  }

  /** Whether the message gets less priority than was asked for. */
  boolean hasLoweredPriority() {
    return lowered;
  }

  /** Why the message cannot begin, null when it can. */
  @Nullable SmtpReply objection(Map<String, String> parameters) {
    for (var parameter : parameters.entrySet()) {
      var objection = read(parameter.getKey(), parameter.getValue());
      if (objection != null) {
        return objection;
      }
    }
    var deliverBy = options.deliverBy();
    var hold = options.holdUntil();
    return deliverBy != null && hold != null && deliverBy.deadline().isBefore(hold)
        ? malformed("it is to be delivered before it may be sent") // RFC 4865 §7
        : null;
  }

  private @Nullable SmtpReply read(String keyword, String value) {
    if (!offer.knows(keyword)) {
      return unknown(keyword);
    }
    return switch (keyword) {
      case "SIZE" -> size(value);
      case "BODY" -> body(value);
      // RFC 4954 §5: understood where AUTH is offered, and nobody is believed
      case "AUTH" -> offer.service().forUsers() ? null : unknown("AUTH");
      case "SMTPUTF8" -> alone(keyword, value, options.withSmtpUtf8(true));
      case "REQUIRETLS" -> alone(keyword, value, options.withRequireTls(true));
      case "RET" ->
          asked(DsnParameters.returned(value).map(options::withDsnReturn), "RET is FULL or HDRS");
      case "ENVID" ->
          asked(
              DsnParameters.envelopeId(value).map(options::withEnvelopeId),
              "ENVID is xtext of at most %d characters".formatted(DsnParameters.MAX_ENVELOPE_ID));
      case "BY" -> deliverBy(value);
      case "HOLDFOR" -> hold(ReleaseTime.interval(value).map(now::plus), "HOLDFOR is in seconds");
      case "HOLDUNTIL" ->
          hold(ReleaseTime.dateTime(value), "HOLDUNTIL is a time like 2026-01-31T08:00:00Z");
      case "MT-PRIORITY" -> priority(value);
      default -> unknown(keyword);
    };
  }

  private @Nullable SmtpReply size(String value) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return malformed("SIZE is a number of octets");
    }
    long maxSize = offer.config().maxMessageSize().asLongValue();
    if (value.length() > MAX_SIZE_DIGITS || Long.parseLong(value) > maxSize) {
      return tooLarge(maxSize);
    }
    size = Long.parseLong(value);
    return null;
  }

  static SmtpReply tooLarge(long maxSize) {
    return SmtpReply.of(552, "5.3.4", "a message has at most " + maxSize + " octets here");
  }

  private @Nullable SmtpReply body(String value) {
    for (var type : BodyType.values()) {
      if (type.keyword().equals(value.toUpperCase(Locale.ROOT))) {
        options = options.withBody(type);
        return null;
      }
    }
    return malformed("BODY is 7BIT or 8BITMIME, or BINARYMIME with BDAT");
  }

  private @Nullable SmtpReply alone(String keyword, String value, MailOptions with) {
    return asked(
        value.isEmpty() ? Optional.of(with) : Optional.empty(), keyword + " takes no value");
  }

  private @Nullable SmtpReply asked(Optional<MailOptions> with, String form) {
    options = with.orElse(options);
    return with.isPresent() ? null : malformed(form);
  }

  private @Nullable SmtpReply deliverBy(String value) {
    var parsed = DeliverByTime.parse(value);
    if (parsed.isEmpty()) {
      return malformed("BY is seconds;R or seconds;N, with T for a trace");
    }
    var by = parsed.get();
    long shortest = offer.config().shortestDeliverBy().toSeconds();
    if (by.mode() == DeliverBy.Mode.RETURN && by.seconds() <= 0) {
      return malformed("a message can only be returned after a time to come"); // RFC 2852 §4.1
    }
    if (by.mode() == DeliverBy.Mode.RETURN && by.seconds() < shortest) {
      // RFC 2852 §2: what is not to be had in time is said at once
      return SmtpReply.of(555, "5.4.7", "delivery here may take " + shortest + " seconds");
    }
    options =
        options.withDeliverBy(new DeliverBy(now.plusSeconds(by.seconds()), by.mode(), by.traced()));
    return null;
  }

  private @Nullable SmtpReply hold(Optional<Instant> until, String form) {
    if (until.isEmpty()) {
      return malformed(form);
    }
    if (options.holdUntil() != null) {
      return malformed("HOLDFOR or HOLDUNTIL, not both"); // RFC 4865 §4
    }
    var longest = offer.config().longestHold();
    if (until.get().isAfter(now.plus(longest))) {
      return malformed("a message is held for at most " + longest.toSeconds() + " seconds here");
    }
    if (!until.get().isAfter(now)) {
      return malformed("a message is held until a time to come");
    }
    options = options.withHoldUntil(until.get());
    return null;
  }

  private @Nullable SmtpReply priority(String value) {
    if (!PRIORITY.matcher(value).matches()) {
      return malformed("MT-PRIORITY is a number from -9 to 9");
    }
    int wanted = Integer.parseInt(value);
    int given = Math.min(wanted, offer.config().highestPriority());
    lowered = given < wanted;
    options = options.withPriority(given);
    return null;
  }

  private static SmtpReply malformed(String why) {
    return SmtpReply.of(501, "5.5.4", why);
  }

  static SmtpReply unknown(String keyword) {
    return SmtpReply.of(555, "5.5.4", "no parameter " + keyword + " is known here");
  }
}
