package dev.postroom.sts;

/** What was fetched is not a policy (RFC 8461 §3.2). */
public final class InvalidPolicyException extends Exception {
  InvalidPolicyException(String why) {
    super(why);
  }
}
