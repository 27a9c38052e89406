package dev.postroom.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** RFC 4616: {@code [authzid] NUL authcid NUL passwd}, all at once. */
final class PlainExchange implements SaslExchange {
  private final Sasl.PasswordCheck check;

  PlainExchange(Sasl.PasswordCheck check) {
    this.check = check;
  }

  @Override
  public Step begin() {
    return new Step.Challenge(new byte[0]);
  }

  @Override
  public Step next(byte[] response) {
    String message;
    try {
      message = utf8(response);
    } catch (CharacterCodingException _) {
      return new Step.Malformed("not UTF-8"); // RFC 4616 §2
    }
    var parts = message.split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      return new Step.Malformed("not [authzid] NUL authcid NUL passwd");
    }
    if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
      return new Step.Malformed("acting as somebody else is not supported");
    }
    return new Step.Done(check.of(parts[1], parts[2]));
  }

  /** Strictly: two names must not become one by replacement characters. */
  static String utf8(byte[] octets) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
  }
}
