package dev.postroom.auth;

import dev.postroom.auth.Credentials.Owner;
import dev.postroom.auth.Guesses.Verdict;
import dev.postroom.directory.Identities;
import dev.postroom.directory.Identity;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Checks names and passwords. Calls take as long as a slow hash: never on an event loop. */
@ApplicationScoped
public class Logins {
  private static final Logger LOG = Logger.getLogger(Logins.class);
  private static final int MAX_NAME = 320; // RFC 5321 §4.5.3.1: 64 + 1 + 255 octets
  private static final int MAX_PASSWORD = 1024;
  private static final long NOBODY = 0;
  private static final Duration BUSY = Duration.ofSeconds(10);

  private final Identities identities;
  private final Credentials credentials;
  private final ScramCredentials scram;
  private final Hashing hashing;
  private final Guesses guesses;
  private final LoginThrottle throttle;
  private final Event<LoginNoted> noted;
  private final MeterRegistry meters;

  Logins(
      Identities identities,
      Credentials credentials,
      ScramCredentials scram,
      Hashing hashing,
      Guesses guesses,
      LoginThrottle throttle,
      Event<LoginNoted> noted,
      MeterRegistry meters) {
    this.identities = identities;
    this.credentials = credentials;
    this.scram = scram;
    this.hashing = hashing;
    this.guesses = guesses;
    this.throttle = throttle;
    this.noted = noted;
    this.meters = meters;
  }

  /** One try: a name, whose spellings are counted as one, and whose it is. */
  record Attempt(Owner owner, String name, InetAddress from, Optional<Identity> identity) {
    long id() {
      return identity.map(Identity::id).orElse(NOBODY);
    }
  }

  /**
   * A login to a mailbox by its address.
   *
   * @param service {@code imap}, {@code pop3}, {@code submission}: for logs and metrics
   */
  public LoginResult mailbox(String address, String password, InetAddress from, String service) {
    return login(Owner.MAILBOX, address, password, from, service);
  }

  /** A login to the panel by an account's login name. */
  public LoginResult account(String login, String password, InetAddress from) {
    return login(Owner.ACCOUNT, login, password, from, "panel");
  }

  private LoginResult login(
      Owner owner, String typed, String password, InetAddress from, String service) {
    if (typed.length() > MAX_NAME || password.length() > MAX_PASSWORD) {
      return new LoginResult.Wrong();
    }
    var attempt =
        switch (owner) {
          case ACCOUNT -> accountAttempt(typed, from);
          case MAILBOX -> mailboxAttempt(typed, from);
        };
    var result = check(attempt, password);
    note(attempt, service, result);
    return result;
  }

  /** A login by proof: counted, throttled and noted like one by password. */
  LoginResult proven(Attempt attempt, String service, BooleanSupplier proof) {
    var result =
        throttle
            .pause(attempt.name(), attempt.from())
            .<LoginResult>map(LoginResult.Throttled::new)
            .orElseGet(() -> proof.getAsBoolean() ? welcome(attempt) : wrong(attempt));
    note(attempt, service, result);
    return result;
  }

  private LoginResult wrong(Attempt attempt) {
    throttle.failed(attempt.name(), attempt.from());
    return new LoginResult.Wrong();
  }

  private Attempt accountAttempt(String typed, InetAddress from) {
    var name = spelled(typed);
    return new Attempt(Owner.ACCOUNT, name, from, identities.account(name));
  }

  Attempt mailboxAttempt(String typed, InetAddress from) {
    var address = address(typed);
    return new Attempt(
        Owner.MAILBOX, mailboxName(typed), from, address.flatMap(identities::mailbox));
  }

  /** The one form of all spellings of a mailbox's name, be it an address or not. */
  static String mailboxName(String typed) {
    return address(typed).map(MailAddress::toString).orElseGet(() -> spelled(typed));
  }

  private static String spelled(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<MailAddress> address(String typed) {
    try {
      return Optional.of(MailAddress.parse(spelled(typed)).canonical());
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }

  private LoginResult check(Attempt attempt, String password) {
    var pause = throttle.pause(attempt.name(), attempt.from());
    if (pause.isPresent()) {
      return new LoginResult.Throttled(pause.get());
    }
    try {
      return judge(attempt, password);
    } catch (RejectedExecutionException _) {
      return new LoginResult.Throttled(BUSY);
    }
  }

  /** A name that is nobody's is looked up and hashed like any other, so that time tells nothing. */
  private LoginResult judge(Attempt attempt, String password) {
    var hash = credentials.find(attempt.owner(), attempt.id()).orElseGet(hashing::nobodys);
    var counted = new AtomicBoolean();
    var verdict =
        guesses
            .verdict(attempt.name(), password, hash, () -> verify(attempt, password, hash, counted))
            .join();
    return switch (verdict) {
      case RIGHT -> welcome(attempt);
      case WRONG -> {
        if (!counted.get()) { // another try of the same, at the same moment, was checked
          throttle.failed(attempt.name(), attempt.from());
        }
        yield new LoginResult.Wrong();
      }
      case UNCHECKED ->
          new LoginResult.Throttled(
              throttle.pause(attempt.name(), attempt.from()).orElse(Duration.ofSeconds(1)));
    };
  }

  /**
   * Looks at the failures again when its turn has come, and counts its own before the next turn:
   * many may have been tried at once.
   */
  private CompletableFuture<Verdict> verify(
      Attempt attempt, String password, PasswordHash hash, AtomicBoolean counted) {
    return hashing.soon(
        () -> {
          if (throttle.pause(attempt.name(), attempt.from()).isPresent()) {
            return Verdict.UNCHECKED;
          }
          if (!Argon2.verify(hash, password) || attempt.identity().isEmpty()) {
            throttle.failed(attempt.name(), attempt.from());
            counted.set(true);
            return Verdict.WRONG;
          }
          renew(attempt, password, hash);
          return Verdict.RIGHT;
        });
  }

  /** What is kept of the password, in the form of today. */
  private void renew(Attempt attempt, String password, PasswordHash hash) {
    scram.renew(attempt, password, hash);
    if (hashing.isOutdated(hash)) {
      credentials.renew(attempt.owner(), attempt.id(), hash, hashing.hashHere(password));
    }
  }

  private LoginResult welcome(Attempt attempt) {
    throttle.succeeded(attempt.name(), attempt.from());
    var identity = attempt.identity().orElseThrow();
    return identity.suspension().login()
        ? new LoginResult.Suspended(identity.suspension().reason())
        : new LoginResult.Welcome(identity.viewer());
  }

  private void note(Attempt attempt, String service, LoginResult result) {
    var outcome = result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    meters.counter("postroom.auth.logins", "service", service, "outcome", outcome).increment();
    noted.fire(LoginNoted.of(attempt.from(), service, result));
    if (!(result instanceof LoginResult.Welcome)) {
      LOG.infof(
          "login %s: service=%s from=%s name=%s",
          outcome, service, attempt.from().getHostAddress(), printable(attempt));
    }
  }

  /** What is nobody's name may be a password, typed into the wrong field. */
  private static String printable(Attempt attempt) {
    return attempt.identity().isPresent() || attempt.name().contains("@")
        ? attempt.name().replaceAll("\\p{Cntrl}", "?")
        : "(nobody's)";
  }
}
