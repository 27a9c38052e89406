package dev.postroom.auth;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * LOGIN, which was never standardised and which Outlook still uses: the name, then the password. An
 * initial response is the name.
 */
final class LoginExchange implements SaslExchange {
  private final Sasl.PasswordCheck check;
  private @Nullable String name;

  LoginExchange(Sasl.PasswordCheck check) {
    this.check = check;
  }

  @Override
  public Step begin() {
    return challenge("Username:");
  }

  @Override
  public Step next(byte[] response) {
    String text;
    try {
      text = PlainExchange.utf8(response);
    } catch (CharacterCodingException _) {
      return new Step.Malformed("not UTF-8");
    }
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      return new Step.Malformed("no text");
    }
    if (name == null) {
      name = text;
      return challenge("Password:");
    }
    return new Step.Done(check.of(name, text));
  }

  private static Step challenge(String text) {
    return new Step.Challenge(text.getBytes(StandardCharsets.US_ASCII));
  }
}
