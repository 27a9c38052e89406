package dev.postroom.auth;

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
import org.jboss.logging.Logger;

/** Checks names and passwords. Calls take as long as a slow hash: never on an event loop. */
@ApplicationScoped
public class Logins {
  private static final Logger LOG = Logger.getLogger(Logins.class);
  private static final int MAX_NAME = 320; // RFC 3696 erratum 1690: 64 + 1 + 255, in octets
  private static final int MAX_PASSWORD = 1024;
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

  /** One try, as it came. */
  private record Attempt(
      String name,
      String password,
      InetAddress from,
      String service,
      Optional<Identity> identity) {}

  /**
   * A login to a mailbox by its address.
   *
   * @param service {@code imap}, {@code pop3}, {@code submission}: for logs and metrics
   */
  public LoginResult mailbox(String address, String password, InetAddress from, String service) {
    return login(address, password, from, service, this::mailboxOf);
  }

  /** A login to the panel by an account's login name. */
  public LoginResult account(String login, String password, InetAddress from) {
    return login(login, password, from, "panel", identities::account);
  }

  private Optional<Identity> mailboxOf(String address) {
    try {
      return identities.mailbox(MailAddress.parse(address));
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }

  private interface Lookup {
    Optional<Identity> find(String name);
  }

  private LoginResult login(
      String typed, String password, InetAddress from, String service, Lookup lookup) {
    var name = typed.strip().toLowerCase(Locale.ROOT);
    var result =
        name.length() > MAX_NAME || password.length() > MAX_PASSWORD
            ? new LoginResult.Wrong()
            : check(new Attempt(name, password, from, service, lookup.find(name)));
    record(name, from, service, result);
    return result;
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

  private LoginResult judge(Attempt attempt) {
    var hash = attempt.identity().flatMap(credentials::find).orElseGet(hashing::nobodys);
    var verdict =
        guesses
            .verdict(attempt.name(), attempt.password(), hash, () -> verify(attempt, hash))
            .join();
    return switch (verdict) {
      case RIGHT -> welcome(attempt);
      case WRONG -> {
        throttle.failed(attempt.name(), attempt.from());
        yield new LoginResult.Wrong();
      }
      case UNCHECKED ->
          new LoginResult.Throttled(
              throttle.pause(attempt.name(), attempt.from()).orElse(Duration.ofSeconds(1)));
    };
  }

  /** Looks at the failures again when its turn has come: many may have been tried at once. */
  private CompletableFuture<Verdict> verify(Attempt attempt, PasswordHash hash) {
    return hashing.soon(
        () -> {
          if (throttle.pause(attempt.name(), attempt.from()).isPresent()) {
            return Verdict.UNCHECKED;
          }
          if (!Argon2.verify(hash, attempt.password()) || attempt.identity().isEmpty()) {
            return Verdict.WRONG;
          }
          renew(attempt, hash);
          return Verdict.RIGHT;
        });
  }

  private void renew(Attempt attempt, PasswordHash hash) {
    if (hashing.isOutdated(hash)) {
      var renewed = hashing.hashHere(attempt.password());
      attempt.identity().ifPresent(identity -> credentials.renew(identity, hash, renewed));
    }
  }

  private LoginResult welcome(Attempt attempt) {
    throttle.succeeded(attempt.name(), attempt.from());
    var identity = attempt.identity().orElseThrow();
    return identity.suspension().login()
        ? new LoginResult.Suspended(identity.suspension().reason())
        : new LoginResult.Welcome(identity.viewer());
  }

  private void record(String name, InetAddress from, String service, LoginResult result) {
    var outcome = result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    meters.counter("postroom.auth.logins", "service", service, "outcome", outcome).increment();
    if (!(result instanceof LoginResult.Welcome)) {
      LOG.infof(
          "login %s: service=%s from=%s name=%s",
          outcome, service, from.getHostAddress(), printable(name));
    }
  }

  private static String printable(String name) {
    return name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("\\p{Cntrl}", "?");
  }
}
