package dev.postroom.outbound;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.message.ContentSurvey;
import dev.postroom.message.Conversion;
import dev.postroom.message.RewrittenMessage;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a message into the form that a server takes: passed on as it is, converted, or not at all.
 */
final class Fitting {
  private static final EnhancedStatus TOO_BIG = new EnhancedStatus(5, 3, 4);
  private static final EnhancedStatus NEEDS_UTF8 = new EnhancedStatus(5, 6, 7);

  private final Shipment shipment;
  private final StoredContent stored;
  private final InstantSource clock;
  private @Nullable ContentSurvey survey;

  Fitting(Shipment shipment, StoredContent stored, InstantSource clock) {
    this.shipment = shipment;
    this.stored = stored;
    this.clock = clock;
  }

  /** RFC 6531 §3.2: this server cannot be told such an address. */
  static boolean isBeyond(Extensions offered, MailAddress recipient) {
    return !offered.smtpUtf8() && !Shipment.isAscii(recipient.toString());
  }

  static Fit.Unfit needsUtf8(String what) {
    return new Fit.Unfit(
        NEEDS_UTF8, "the server does not take internationalised mail (SMTPUTF8), and " + what);
  }

  /**
   * @throws StoredContent.UnreadableException when it had to be looked at and cannot be read
   */
  Fit to(Extensions offered) throws IOException {
    if (RequireTls.isLacking(shipment, offered)) {
      return new Fit.Unfit(RequireTls.NOT_SUPPORTED, "the server does not offer REQUIRETLS");
    }
    var late = Deadline.missedBy(shipment, offered, clock.instant());
    if (late.isPresent()) {
      return late.get();
    }
    if (!offered.smtpUtf8()) {
      if (!Shipment.isAscii(shipment.reversePath().toPlainString())) {
        return needsUtf8("the sender's address is not in ASCII");
      }
      if (shipment.options().smtpUtf8() && hasUtf8Header()) {
        return needsUtf8("the message has header fields that are not in ASCII");
      }
    }
    return switch (form(offered)) {
      case Form.AsStored(var body) -> sized(offered, body, null, shipment.wireSize());
      case Form.Converted(var target) -> converted(offered, target);
    };
  }

  /**
   * RFC 6531 §3.2: where the client asked for SMTPUTF8 it may be in vain: then it is not needed.
   */
  private boolean hasUtf8Header() throws IOException {
    return !Shipment.isAscii(shipment.extraHeader()) || survey().hasEightBitHeader();
  }

  private ContentSurvey survey() throws IOException {
    var known = survey;
    if (known == null) {
      known = ContentSurvey.of(stored::open);
      survey = known;
    }
    return known;
  }

  private sealed interface Form {
    record AsStored(BodyType body) implements Form {}

    record Converted(Conversion.Target target) implements Form {}
  }

  private Form form(Extensions offered) {
    if (isBinary()) {
      // RFC 3030 §3: nobody gets it who cannot take it whole
      return offered.binaryMime() && offered.chunking()
          ? new Form.AsStored(BodyType.BINARY_MIME)
          : new Form.Converted(
              offered.eightBitMime() ? Conversion.Target.EIGHT_BIT : Conversion.Target.SEVEN_BIT);
    }
    if (!shipment.eightBit()) {
      return new Form.AsStored(BodyType.SEVEN_BIT);
    }
    // RFC 6152 §3: converted or returned
    return offered.eightBitMime()
        ? new Form.AsStored(BodyType.EIGHT_BIT_MIME)
        : new Form.Converted(Conversion.Target.SEVEN_BIT);
  }

  private boolean isBinary() {
    return shipment.options().body() == BodyType.BINARY_MIME;
  }

  private Fit converted(Extensions offered, Conversion.Target target) throws IOException {
    return switch (Conversion.plan(stored::open, survey(), target, isBinary())) {
      case Conversion.Impossible(var status, var why) ->
          new Fit.Unfit(
              status,
              "the server does not take such content (" + lacking(offered) + "), and " + why);
      case Conversion.Possible(var message) -> {
        var body =
            target == Conversion.Target.EIGHT_BIT && shipment.eightBit()
                ? BodyType.EIGHT_BIT_MIME
                : BodyType.SEVEN_BIT;
        yield sized(offered, body, message, message.size() + shipment.extraHeader().length());
      }
    };
  }

  private String lacking(Extensions offered) {
    return isBinary() && offered.eightBitMime() ? "BINARYMIME" : "8BITMIME";
  }

  private Fit sized(
      Extensions offered, BodyType body, @Nullable RewrittenMessage message, long size) {
    if (size > offered.sizeLimit()) {
      // RFC 1870 §6.1
      return new Fit.Unfit(
          TOO_BIG,
          "the message has %d octets, and the server takes at most %d"
              .formatted(size, offered.sizeLimit()));
    }
    boolean smtpUtf8 =
        offered.smtpUtf8() && (shipment.options().smtpUtf8() || shipment.needsSmtpUtf8());
    return new Fit.Fits(new OutgoingMessage(shipment, stored, message, body, smtpUtf8, size));
  }
}
