package dev.postroom.auth;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Identities;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Bearer tokens of the API: shown once, kept hashed. */
@ApplicationScoped
public class ApiTokens {
  public static final int MAX_LABEL = 100;
  public static final int MAX_PER_ACCOUNT = 100;

  private static final String PREFIX = "pr_";
  private static final int SECRET_OCTETS = 32;
  private static final int MAX_SECRET = 200;

  /** The last use is for people who tidy up: written this often at most. */
  private static final Duration LAST_USE_STEP = Duration.ofMinutes(1);

  private final Accounts accounts;
  private final Identities identities;
  private final Transactions transactions;
  private final Clock clock;
  private final RandomGenerator random;
  private final Event<CredentialChange> changes;

  ApiTokens(
      Accounts accounts,
      Identities identities,
      Transactions transactions,
      Clock clock,
      RandomGenerator random,
      Event<CredentialChange> changes) {
    this.accounts = accounts;
    this.identities = identities;
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
    this.changes = changes;
  }

  /**
   * @param secret the whole token, to be shown this once
   */
  public record Created(ApiTokenInfo token, String secret) {
    @Override
    public String toString() {
      return "Created[" + token + "]";
    }
  }

  /** Who shows a token, and how that token is called. */
  public record Bearer(Viewer.Person person, String label) {}

  public Created create(Viewer viewer, long accountId, String label) {
    var octets = new byte[SECRET_OCTETS];
    random.nextBytes(octets);
    var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    return new Created(create(viewer, accountId, label, secret), secret);
  }

  /** With a secret from elsewhere, which must be as hard to guess as ours. */
  ApiTokenInfo create(Viewer viewer, long accountId, String label, String secret) {
    var name = label.strip();
    if (name.isEmpty()
        || name.length() > MAX_LABEL
        || name.chars().anyMatch(Character::isISOControl)) {
      throw invalid("label", "A label is one line of 1 to " + MAX_LABEL + " characters.");
    }
    return transactions.call(
        () -> {
          var login = accounts.find(viewer, accountId).login();
          if (ApiToken.count("accountId", accountId) >= MAX_PER_ACCOUNT) {
            throw new DirectoryProblem(
                DirectoryProblem.Kind.LIMIT,
                "",
                "An account has at most " + MAX_PER_ACCOUNT + " tokens.");
          }
          var token = new ApiToken();
          token.accountId = accountId;
          token.label = name;
          token.secretHash = sha256(secret);
          token.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
          token.persistAndFlush();
          changes.fire(new CredentialChange.TokenCreated(viewer, accountId, login, name));
          return token.info();
        });
  }

  private static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(DirectoryProblem.Kind.INVALID, field, message);
  }

  public List<ApiTokenInfo> list(Viewer viewer, long accountId) {
    return transactions.call(
        () -> {
          accounts.find(viewer, accountId);
          return ApiToken.<ApiToken>list("accountId = ?1 order by id", accountId).stream()
              .map(ApiToken::info)
              .toList();
        });
  }

  public void revoke(Viewer viewer, long tokenId) {
    transactions.run(
        () -> {
          ApiToken token = ApiToken.findById(tokenId);
          if (token == null) {
            throw unknown();
          }
          var login = owner(viewer, token.accountId);
          token.delete();
          changes.fire(
              new CredentialChange.TokenRevoked(viewer, token.accountId, login, token.label));
        });
  }

  private String owner(Viewer viewer, long accountId) {
    try {
      return accounts.find(viewer, accountId).login();
    } catch (DirectoryProblem _) {
      throw unknown();
    }
  }

  private static DirectoryProblem unknown() {
    return new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such token.");
  }

  /** Whose token it is; empty when it is nobody's, or the account's login is suspended. */
  public Optional<Bearer> authenticate(String secret) {
    if (secret.length() > MAX_SECRET) {
      return Optional.empty();
    }
    return transactions.call(
        () ->
            ApiToken.<ApiToken>find("secretHash", (Object) sha256(secret))
                .firstResultOptional()
                .flatMap(this::bearer));
  }

  private Optional<Bearer> bearer(ApiToken token) {
    noteUse(token);
    return identities
        .account(token.accountId)
        .filter(identity -> !identity.suspension().login())
        .map(identity -> new Bearer((Viewer.Person) identity.viewer(), token.label));
  }

  private void noteUse(ApiToken token) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (token.lastUsedAt == null || token.lastUsedAt.plus(LAST_USE_STEP).isBefore(now)) {
      Panache.getSession()
          .createMutationQuery(
              "update ApiToken set lastUsedAt = :now"
                  + " where id = :id and (lastUsedAt is null or lastUsedAt < :due)")
          .setParameter("now", now)
          .setParameter("id", token.id)
          .setParameter("due", now.minus(LAST_USE_STEP))
          .executeUpdate();
    }
  }

  /** Fast on purpose: the secret is random, and long enough that nobody guesses it. */
  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
