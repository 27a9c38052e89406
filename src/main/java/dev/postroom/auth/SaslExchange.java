package dev.postroom.auth;

/** One SASL authentication (RFC 4422), free of any protocol's framing; see {@link Sasl}. */
public interface SaslExchange {
  /** What the server does next. */
  sealed interface Step {
    /** Send this (not yet base64) and wait for the client's answer. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Challenge(byte[] octets) implements Step {}

    /** The client has told all, and this has come of it. */
    record Done(LoginResult result) implements Step {}

    /** It fails before there is a proof to check, for a reason that may be told. */
    record Refused(String why) implements Step {}

    /** The client did not follow the mechanism. */
    record Malformed(String why) implements Step {}
  }

  /** Begins without an initial response: an empty challenge, or the first real one. */
  Step begin();

  /** Takes the client's next response, base64 removed. May take as long as a slow hash. */
  Step next(byte[] response);
}
