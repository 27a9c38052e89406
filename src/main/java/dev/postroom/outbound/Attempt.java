package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;

/** How one attempt to deliver to one recipient ended. */
public sealed interface Attempt {
  /**
   * Taken by the remote host.
   *
   * @param security {@code none}, or the TLS version and cipher and whether the server's name was
   *     verified: {@code , unverified}, {@code , verified by DANE}, {@code , verified by MTA-STS}
   * @param reports whether it was told what the sender wants to hear of the recipient, and reports
   *     from now on itself (RFC 3461 §5.2.2)
   */
  record Delivered(String remoteHost, String reply, String security, boolean reports)
      implements Attempt {}

  /** Not now: trying again may help (RFC 5321 §4.5.4.1). */
  record Deferred(String remoteHost, EnhancedStatus status, String diagnostic) implements Attempt {}

  /** Never: goes back to the sender. */
  record Refused(String remoteHost, EnhancedStatus status, String diagnostic) implements Attempt {}
}
