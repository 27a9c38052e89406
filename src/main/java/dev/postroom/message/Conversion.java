package dev.postroom.message;

import dev.postroom.mail.EnhancedStatus;

/**
 * How a message is put into a form that the next server takes (RFC 6152 §3, RFC 3030 §4): parts
 * that it would not take get another transfer encoding, every other octet stays.
 */
public sealed interface Conversion {
  /** It can be done. */
  record Possible(RewrittenMessage message) implements Conversion {}

  /** It cannot, or must not: the message goes back to its sender. */
  record Impossible(EnhancedStatus status, String why) implements Conversion {}

  /** What the next server takes. */
  enum Target {
    /** RFC 2045 §2.7. */
    SEVEN_BIT,
    /** RFC 2045 §2.8. */
    EIGHT_BIT
  }

  /**
   * @param binary whether it came as BINARYMIME: then line ends in it are octets like others
   */
  static Conversion plan(
      MessageSource source, ContentSurvey survey, Target target, boolean binary) {
    try {
      return new Possible(
          new RewrittenMessage(source, new ConversionPlan(survey, target, binary).changes()));
    } catch (ConversionPlan.NotConvertibleException not) {
      return not.conversion();
    }
  }
}
