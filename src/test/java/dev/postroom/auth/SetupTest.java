package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application under test was started with an empty database and these settings. */
@PostroomTest
class SetupTest {
  @Inject SetupConfig config;
  @Inject Setup setup;
  @Inject Logins logins;
  @Inject ApiTokens tokens;

  @Test
  void theFirstAdministratorWasCreatedAtStart() {
    var login = config.administratorLogin().orElseThrow();
    var result =
        logins.account(
            login, config.administratorPassword().orElseThrow(), InetAddress.getLoopbackAddress());
    assertThat(result)
        .isInstanceOfSatisfying(
            LoginResult.Welcome.class,
            welcome ->
                assertThat(welcome.viewer())
                    .isInstanceOfSatisfying(
                        Viewer.Person.class,
                        person -> {
                          assertThat(person.role()).isEqualTo(Role.ADMINISTRATOR);
                          assertThat(person.login()).isEqualTo(login);
                        }));
    assertThat(
            tokens
                .authenticate(config.administratorToken().orElseThrow())
                .map(ApiTokens.Bearer::person))
        .hasValueSatisfying(person -> assertThat(person.login()).isEqualTo(login));
  }

  @Test
  void thereIsNoSecondFirstAdministrator() {
    assertThat(setup.firstAdministrator("intruder", "plover-granite-49-teapot", Optional.empty()))
        .isFalse();
  }

  @Test
  void aTokenThatCanBeGuessedIsRefused() {
    assertThatThrownBy(
            () ->
                setup.firstAdministrator(
                    "intruder", "plover-granite-49-teapot", Optional.of("x".repeat(31))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
