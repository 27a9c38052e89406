package dev.postroom.ops;

import dev.postroom.mail.ServerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Nothing starts with a secret that could be guessed: keys are derived from it. */
@ApplicationScoped
class SecretCheck {
  private static final int MIN_LENGTH = 32;

  void check(@Observes StartupEvent event, ServerConfig server) {
    if (server.secret().length() < MIN_LENGTH) {
      throw new IllegalStateException(
          "postroom.server.secret has fewer than " + MIN_LENGTH + " characters");
    }
  }
}
