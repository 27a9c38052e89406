package dev.postroom.message;

import org.jspecify.annotations.Nullable;

/**
 * An address as ENVELOPE gives it (RFC 3501 §7.4.2), octets as in the header. A group begins with
 * an entry of only a {@code mailbox}, its name, and ends with one of nothing.
 *
 * @param name the display name, encoded words still encoded
 * @param route the source route of old mail
 * @param mailbox the local part
 * @param host the domain
 */
public record EnvelopeAddress(
    @Nullable String name,
    @Nullable String route,
    @Nullable String mailbox,
    @Nullable String host) {
  static final EnvelopeAddress GROUP_END = new EnvelopeAddress(null, null, null, null);

  static EnvelopeAddress groupStart(String name) {
    return new EnvelopeAddress(null, null, name, null);
  }
}
