package dev.postroom.trace;

import dev.postroom.mail.MailAddress;
import java.time.Instant;
import java.util.Optional;

/** What can happen to a message on its way to one recipient. */
public sealed interface Step {
  /**
   * A check has looked at it.
   *
   * @param check its name: {@code spf}
   * @param verdict a word: {@code pass}
   */
  record Checked(String check, String verdict, String detail) implements Step {}

  /** Its client was told no, now or for ever, in these words. */
  record Refused(String reply) implements Step {}

  /** The client went away before it had sent the message. */
  record Abandoned() implements Step {}

  /** Somebody here passes it on: the recipient is only a name for others. */
  record Forwarded(Way way, MailAddress target) implements Step {}

  /** It lies in a mailbox here. */
  record Delivered(String folder) implements Step {}

  /** It was taken for an address here that belongs to somebody else, for whoever sent it. */
  record HandedOver() implements Step {}

  /** It waits to be sent to another server. */
  record Queued() implements Step {}

  /**
   * Another server has taken it.
   *
   * @param security what protected it on the way: {@code none}, or TLS version and cipher
   */
  record Sent(String host, String reply, String security) implements Step {}

  /**
   * It could not be sent; it is tried again.
   *
   * @param host empty when none was reached
   */
  record Deferred(String host, String reply, Instant until) implements Step {}

  /** It cannot be delivered, and is not tried again. */
  record Failed(String host, String reply) implements Step {}

  /** The sender is told. */
  record Reported(Report report, MailAddress to) implements Step {}

  /**
   * Somebody decided over it.
   *
   * @param by the login of an account, or what part of the server
   */
  record Handled(Action action, String by, String words) implements Step {}

  /** Why an address leads elsewhere. */
  enum Way {
    FORWARDER,
    CATCH_ALL,
    /** A report finds the way back to the author of a forwarded message (SRS). */
    RETURN_ADDRESS,
    OTHER
  }

  /** What a report says (RFC 3464 §2.3.3). */
  enum Report {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED
  }

  enum Action {
    HELD,
    RELEASED,
    RETRIED,
    REROUTED,
    DROPPED,
    QUARANTINED
  }

  /** How things stand for the recipient after it; empty when it changes nothing. */
  default Optional<Outcome> outcome() {
    return Optional.ofNullable(
        switch (this) {
          case Checked _ -> null;
          case Refused _ -> Outcome.REFUSED;
          case Abandoned _ -> Outcome.ABANDONED;
          case Forwarded _ -> Outcome.FORWARDED;
          case Delivered _, HandedOver _ -> Outcome.DELIVERED;
          case Queued _, Deferred _ -> Outcome.WAITING;
          case Sent _ -> Outcome.SENT;
          case Failed _ -> Outcome.FAILED;
          case Reported(var report, _) -> report == Report.FAILED ? Outcome.RETURNED : null;
          case Handled(var action, _, _) ->
              switch (action) {
                case HELD -> Outcome.HELD;
                case RELEASED, RETRIED, REROUTED -> Outcome.WAITING;
                case DROPPED -> Outcome.DROPPED;
                case QUARANTINED -> Outcome.QUARANTINED;
              };
        });
  }
}
