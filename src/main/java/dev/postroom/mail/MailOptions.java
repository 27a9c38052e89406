package dev.postroom.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for a message as a whole: the parameters of MAIL that travel with it.
 *
 * @param smtpUtf8 it may need SMTPUTF8 of every server on its way (RFC 6531 §3.4)
 * @param requireTls no server on its way may be spoken to without verified TLS (RFC 8689)
 * @param priority from -9 to 9, 0 when nothing was said (RFC 6710)
 * @param holdUntil not to be sent on before (RFC 4865)
 * @param dsnReturn null when nothing was said (RFC 3461 §4.3)
 * @param envelopeId in the clear, at most 100 characters; reports say it (RFC 3461 §4.4)
 */
public record MailOptions(
    BodyType body,
    boolean smtpUtf8,
    boolean requireTls,
    int priority,
    @Nullable DeliverBy deliverBy,
    @Nullable Instant holdUntil,
    @Nullable DsnReturn dsnReturn,
    @Nullable String envelopeId) {
  /** Nothing is asked. */
  public static final MailOptions NONE =
      new MailOptions(BodyType.SEVEN_BIT, false, false, 0, null, null, null, null);

  public MailOptions withBody(BodyType type) {
    return new MailOptions(
        type, smtpUtf8, requireTls, priority, deliverBy, holdUntil, dsnReturn, envelopeId);
  }

  public MailOptions withSmtpUtf8(boolean wanted) {
    return new MailOptions(
        body, wanted, requireTls, priority, deliverBy, holdUntil, dsnReturn, envelopeId);
  }

  public MailOptions withRequireTls(boolean wanted) {
    return new MailOptions(
        body, smtpUtf8, wanted, priority, deliverBy, holdUntil, dsnReturn, envelopeId);
  }

  public MailOptions withPriority(int value) {
    return new MailOptions(
        body, smtpUtf8, requireTls, value, deliverBy, holdUntil, dsnReturn, envelopeId);
  }

  public MailOptions withDeliverBy(@Nullable DeliverBy by) {
    return new MailOptions(
        body, smtpUtf8, requireTls, priority, by, holdUntil, dsnReturn, envelopeId);
  }

  public MailOptions withHoldUntil(@Nullable Instant time) {
    return new MailOptions(
        body, smtpUtf8, requireTls, priority, deliverBy, time, dsnReturn, envelopeId);
  }

  public MailOptions withDsnReturn(@Nullable DsnReturn amount) {
    return new MailOptions(
        body, smtpUtf8, requireTls, priority, deliverBy, holdUntil, amount, envelopeId);
  }

  public MailOptions withEnvelopeId(@Nullable String id) {
    return new MailOptions(
        body, smtpUtf8, requireTls, priority, deliverBy, holdUntil, dsnReturn, id);
  }
}
