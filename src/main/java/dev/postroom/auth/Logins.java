package dev.postroom.auth;

import dev.postroom.auth.Credentials.Owner;
import dev.postroom.auth.Guesses.Verdict;
import dev.postroom.directory.Identities;
import dev.postroom.directory.Identity;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Hashing hashing;
  private final Guesses guesses;
  private final LoginThrottle throttle;
  private final MeterRegistry meters;

  Logins(
      Identities identities,
      Credentials credentials,
      Hashing hashing,
      Guesses guesses,
      LoginThrottle throttle,
      MeterRegistry meters) {
    this.identities = identities;
    this.credentials = credentials;
    this.hashing = hashing;
    this.guesses = guesses;
    this.throttle = throttle;
    this.meters = meters;
  }

  /** One try: a name, whose spellings are counted as one, and whose it is. */
  private record Attempt(
      Owner owner, String name, String password, InetAddress from, Optional<Identity> identity) {}

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
    var name = typed.strip().toLowerCase(Locale.ROOT);
    if (name.length() > MAX_NAME || password.length() > MAX_PASSWORD) {
      return new LoginResult.Wrong();
    }
    var attempt = attempt(owner, name, password, from);
    var result = check(attempt);
    note(attempt, service, result);
    return result;
  }

  private Attempt attempt(Owner owner, String name, String password, InetAddress from) {
    return switch (owner) {
      case ACCOUNT -> new Attempt(owner, name, password, from, identities.account(name));
      case MAILBOX -> {
        var address = address(name).map(MailAddress::canonical);
        yield new Attempt(
            owner,
            address.map(MailAddress::toString).orElse(name),
            password,
            from,
            address.flatMap(identities::mailbox));
      }
    };
  }

  private static Optional<MailAddress> address(String name) {
    try {
      return Optional.of(MailAddress.parse(name));
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }

  private LoginResult check(Attempt attempt) {
    var pause = throttle.pause(attempt.name(), attempt.from());
    if (pause.isPresent()) {
      return new LoginResult.Throttled(pause.get());
    }
    try {
      return judge(attempt);
    } catch (RejectedExecutionException _) {
      return new LoginResult.Throttled(BUSY);
    }
  }

  /** A name that is nobody's is looked up and hashed like any other, so that time tells nothing. */
  private LoginResult judge(Attempt attempt) {
    long id = attempt.identity().map(Identity::id).orElse(NOBODY);
    var hash = credentials.find(attempt.owner(), id).orElseGet(hashing::nobodys);
    var counted = new AtomicBoolean();
    var verdict =
        guesses
            .verdict(attempt.name(), attempt.password(), hash, () -> verify(attempt, hash, counted))
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
      Attempt attempt, PasswordHash hash, AtomicBoolean counted) {
    return hashing.soon(
        () -> {
          if (throttle.pause(attempt.name(), attempt.from()).isPresent()) {
            return Verdict.UNCHECKED;
          }
          if (!Argon2.verify(hash, attempt.password()) || attempt.identity().isEmpty()) {
            throttle.failed(attempt.name(), attempt.from());
            counted.set(true);
            return Verdict.WRONG;
          }
          renew(attempt, hash);
          return Verdict.RIGHT;
        });
  }

  private void renew(Attempt attempt, PasswordHash hash) {
    if (hashing.isOutdated(hash)) {
      var renewed = hashing.hashHere(attempt.password());
      attempt
          .identity()
          .ifPresent(who -> credentials.renew(attempt.owner(), who.id(), hash, renewed));
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
