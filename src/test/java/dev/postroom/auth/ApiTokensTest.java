package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Together;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@PostroomTest
class ApiTokensTest {
  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject Accounts accounts;
  @Inject AgroalDataSource database;

  @Test
  void aTokenIsItsAccount() {
    var customer = fixtures.customer();
    var created = tokens.create(customer, customer.accountId(), " deploy ");
    assertThat(created.secret()).matches("pr_[A-Za-z0-9_-]{43}");
    assertThat(created.token().label()).isEqualTo("deploy");
    assertThat(tokens.authenticate(created.secret()).map(ApiTokens.Bearer::person))
        .contains(customer);
    assertThat(tokens.list(customer, customer.accountId()))
        .singleElement()
        .satisfies(token -> assertThat(token.id()).isEqualTo(created.token().id()));
    assertThat(created.toString()).doesNotContain(created.secret());
  }

  @Test
  void theSecretIsNotInTheDatabase() throws SQLException {
    var customer = fixtures.customer();
    var secret = tokens.create(customer, customer.accountId(), "x").secret();
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "select count(*) from api_token where secret_hash = ? or label = ?")) {
      statement.setBytes(1, secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      statement.setString(2, secret);
      try (var row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isZero();
      }
    }
  }

  @Test
  void nobodysTokenIsNobody() {
    for (var secret : new String[] {"", "pr_", "pr_" + "x".repeat(43), "x".repeat(10_000), "ü"}) {
      assertThat(tokens.authenticate(secret)).isEqualTo(Optional.empty());
    }
  }

  @Test
  void theLastUseIsWrittenOnceAMinute() {
    var customer = fixtures.customer();
    var secret = tokens.create(customer, customer.accountId(), "x").secret();
    assertThat(lastUse(customer)).isNull();
    tokens.authenticate(secret);
    var first = lastUse(customer);
    assertThat(first).isNotNull();
    tokens.authenticate(secret);
    assertThat(lastUse(customer)).isEqualTo(first);
  }

  private @Nullable Instant lastUse(Viewer.Person person) {
    return tokens.list(person, person.accountId()).getFirst().lastUsedAt();
  }

  @Test
  void manyCallsAtOnceWithAFreshTokenAreAllAnswered() {
    var customer = fixtures.customer();
    var secret = tokens.create(customer, customer.accountId(), "x").secret();
    assertThat(Together.run(40, _ -> tokens.authenticate(secret)))
        .allSatisfy(
            it -> assertThat(it).isEqualTo(Optional.of(new ApiTokens.Bearer(customer, "x"))));
  }

  @Test
  void aSuspendedOrRemovedAccountHasNoToken() {
    var customer = fixtures.customer();
    var secret = tokens.create(customer, customer.accountId(), "x").secret();
    var suspension = new Suspension(true, false, false, "unpaid");
    accounts.suspend(Viewer.SERVER, customer.accountId(), suspension);
    assertThat(tokens.authenticate(secret)).isEmpty();
    accounts.suspend(Viewer.SERVER, customer.accountId(), Suspension.NONE);
    assertThat(tokens.authenticate(secret)).isPresent();
    accounts.remove(Viewer.SERVER, customer.accountId());
    assertThat(tokens.authenticate(secret)).isEmpty();
  }

  @Test
  void aLabelAndTheNumberOfTokensHaveLimits() {
    var customer = fixtures.customer();
    for (var label : new String[] {"", "  ", "x".repeat(ApiTokens.MAX_LABEL + 1), "a\nb"}) {
      assertThatThrownBy(() -> tokens.create(customer, customer.accountId(), label))
          .isInstanceOfSatisfying(
              DirectoryProblem.class, problem -> assertThat(problem.field()).isEqualTo("label"));
    }
    for (int i = 0; i < ApiTokens.MAX_PER_ACCOUNT; i++) {
      tokens.create(customer, customer.accountId(), "x".repeat(ApiTokens.MAX_LABEL));
    }
    assertThatThrownBy(() -> tokens.create(customer, customer.accountId(), "one more"))
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.LIMIT));
  }
}
