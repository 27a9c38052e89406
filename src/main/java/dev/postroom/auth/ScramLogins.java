package dev.postroom.auth;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Logins whose password is proven and never told. */
@ApplicationScoped
class ScramLogins {
  private static final int NONCE_OCTETS = 18; // 24 characters of base64

  private final Logins logins;
  private final ScramCredentials credentials;
  private final ScramVault vault;
  private final RandomGenerator random;

  ScramLogins(
      Logins logins, ScramCredentials credentials, ScramVault vault, RandomGenerator random) {
    this.logins = logins;
    this.credentials = credentials;
    this.vault = vault;
    this.random = random;
  }

  /**
   * Who says to be somebody.
   *
   * @param known false when the keys are made up: nobody can prove to have their password
   */
  record Candidate(Logins.Attempt attempt, ScramKeys keys, boolean known) {}

  boolean isOn() {
    return vault.isOn();
  }

  String newNonce() {
    var octets = new byte[NONCE_OCTETS];
    random.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }

  /** Asks the same of everybody, known or not. */
  Candidate candidate(String name, SaslClient client) {
    var attempt = logins.mailboxAttempt(name, client.address());
    var strangers = vault.strangers(attempt.name());
    var keys = credentials.find(attempt);
    return new Candidate(attempt, keys.orElse(strangers), keys.isPresent());
  }

  LoginResult conclude(Candidate candidate, SaslClient client, BooleanSupplier proof) {
    return logins.proven(
        candidate.attempt(), client.service(), () -> proof.getAsBoolean() & candidate.known());
  }
}
