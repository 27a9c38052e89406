package dev.postroom.auth;

import java.net.InetAddress;

/**
 * Somebody tried to log in: a CDI event, fired on the thread of the login.
 *
 * @param service {@code imap}, {@code panel}
 */
public record LoginNoted(InetAddress from, String service, Outcome outcome) {
  /** How it went. */
  public enum Outcome {
    WELCOME,
    WRONG,
    /** Suspended, or not even looked at. */
    NOT_JUDGED
  }

  static LoginNoted of(InetAddress from, String service, LoginResult result) {
    return new LoginNoted(
        from,
        service,
        switch (result) {
          case LoginResult.Welcome _ -> Outcome.WELCOME;
          case LoginResult.Wrong _ -> Outcome.WRONG;
          case LoginResult.Suspended _, LoginResult.Throttled _ -> Outcome.NOT_JUDGED;
        });
  }
}
