package dev.postroom.outbound;

import java.util.Optional;

/** A name and a password for a relay host. */
public record Login(String user, String password) {
  static Optional<Login> of(OutboundConfig config) {
    return config
        .relayUser()
        .flatMap(user -> config.relayPassword().map(password -> new Login(user, password)));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "login " + user;
  }
}
