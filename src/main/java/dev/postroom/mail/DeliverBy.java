package dev.postroom.mail;

import java.time.Instant;

/**
 * By when a message is to be delivered (RFC 2852).
 *
 * @param traced whether a report tells of relaying to a server without this extension (§4.1)
 */
public record DeliverBy(Instant deadline, Mode mode, boolean traced) {
  /** What happens when it has not been by then (RFC 2852 §4). */
  public enum Mode {
    /** It goes back to its sender. */
    RETURN,
    /** The sender is told, and it is tried on. */
    NOTIFY
  }
}
