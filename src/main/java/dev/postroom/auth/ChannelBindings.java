package dev.postroom.auth;

import java.util.Optional;

/** What ties an authentication to the TLS connection that it runs over (RFC 5056). */
@FunctionalInterface
public interface ChannelBindings {
  /** A connection without TLS. */
  ChannelBindings NONE = _ -> Optional.empty();

  /**
   * The octets that both ends see, and nobody between them; empty when the connection has no
   * binding of that type.
   *
   * @param type as registered: {@code tls-exporter}, {@code tls-server-end-point}
   */
  Optional<byte[]> of(String type);
}
