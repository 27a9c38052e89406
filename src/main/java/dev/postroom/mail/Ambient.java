package dev.postroom.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Time and chance, so that whoever needs them is handed them, and a test can hand over others. */
@ApplicationScoped
class Ambient {
  @Produces
  @ApplicationScoped
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @ApplicationScoped
  RandomGenerator random() {
    return new SecureRandom();
  }
}
