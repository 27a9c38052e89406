package dev.postroom.auth;

import java.util.Locale;
import java.util.Optional;

/** One SASL authentication (RFC 4422), free of any protocol's framing: PLAIN and LOGIN so far. */
public interface SaslExchange {
  /** What the server does next. */
  sealed interface Step {
    /** Send this (not yet base64) and wait for the client's answer. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Challenge(byte[] octets) implements Step {}

    /** The client has told all: check it with {@link Logins}. */
    record Credentials(String name, String password) implements Step {}

    /** The client did not follow the mechanism. */
    record Malformed(String why) implements Step {}
  }

  /** Begins without an initial response: an empty challenge, or the first real one. */
  Step begin();

  /** Takes the client's next response, base64 removed. */
  Step next(byte[] response);

  /** The mechanism of that name, in any case of letters; empty when there is none. */
  static Optional<SaslExchange> of(String mechanism) {
    return switch (mechanism.toUpperCase(Locale.ROOT)) {
      case "PLAIN" -> Optional.of(new PlainExchange());
      case "LOGIN" -> Optional.of(new LoginExchange());
      default -> Optional.empty();
    };
  }
}
