package dev.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.Passwords;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class SessionsTest {
  @Inject AgroalDataSource database;
  @Inject Fixtures fixtures;
  @Inject Passwords passwords;
  @Inject Accounts accounts;

  private final TestClock clock = new TestClock();
  private Sessions sessions;
  private Viewer.Person person;

  @BeforeEach
  void begin() {
    var config =
        Settings.of(
            WebConfig.class,
            "postroom.web.session-idle",
            "1h",
            "postroom.web.session-lifetime",
            "5h");
    sessions = new Sessions(database, clock, config);
    person = fixtures.customer();
  }

  @Test
  void aSessionIsFoundByItsTokenOnly() {
    var token = sessions.start(person.accountId());

    assertThat(sessions.find(token)).map(Sessions.Session::accountId).hasValue(person.accountId());
    assertThat(sessions.find(SessionToken.next())).isEmpty();
  }

  @Test
  void anIdleSessionEnds() {
    var token = sessions.start(person.accountId());
    clock.forward(Duration.ofHours(1).minusMillis(1));
    assertThat(sessions.find(token)).isPresent();

    clock.forward(Duration.ofHours(1));

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void aBusySessionEndsWithItsLifetime() {
    var token = sessions.start(person.accountId());
    for (int i = 0; i < 9; i++) {
      clock.forward(Duration.ofMinutes(30));
      assertThat(sessions.find(token)).as("after %d half hours", i + 1).isPresent();
    }

    clock.forward(Duration.ofMinutes(30));

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void sweepingRemovesWhatHasEndedAndNothingElse() {
    var ended = sessions.start(person.accountId());
    clock.forward(Duration.ofHours(1));
    var live = sessions.start(person.accountId());

    sessions.sweep();

    clock.forward(Duration.ofHours(1).negated());
    assertThat(sessions.find(ended)).isEmpty();
    clock.forward(Duration.ofHours(1));
    assertThat(sessions.find(live)).isPresent();
  }

  @Test
  void aNewPasswordEndsTheAccountsSessions() {
    var token = sessions.start(person.accountId());
    var other = sessions.start(fixtures.customer().accountId());

    passwords.setForAccount(Viewer.SERVER, person.accountId(), Fixtures.PASSWORD);

    assertThat(sessions.find(token)).isEmpty();
    assertThat(sessions.find(other)).isPresent();
  }

  @Test
  void suspensionEndsTheAccountsSessions() {
    var token = sessions.start(person.accountId());

    accounts.suspend(Viewer.SERVER, person.accountId(), Suspension.all("unpaid"));

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void aNoticeIsReadOnceAndIsNotPlainInTheDatabase() throws Exception {
    var token = sessions.start(person.accountId());
    sessions.keep(token, Notice.secret("Added.", "plover-granite"));

    assertThat(sessions.find(token).orElseThrow().notice())
        .isEqualTo(Notice.secret("Added.", "plover-granite"));
    assertThat(rawNotice(person.accountId())).isNotEmpty().doesNotContain("plover");
    sessions.forgetNotice(token);
    assertThat(sessions.find(token).orElseThrow().notice()).isNull();
  }

  @Test
  void aNoticeThatIsTooLongIsCutAndKept() {
    var token = sessions.start(person.accountId());

    sessions.keep(token, Notice.warning("漢".repeat(10_000)));

    assertThat(sessions.find(token).orElseThrow().notice())
        .isEqualTo(Notice.warning("漢".repeat(1500) + "…"));
  }

  private String rawNotice(long accountId) throws Exception {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement("SELECT flash FROM web_session WHERE account_id = ?")) {
      query.setLong(1, accountId);
      try (var row = query.executeQuery()) {
        row.next();
        return new String(row.getBytes(1), java.nio.charset.StandardCharsets.ISO_8859_1);
      }
    }
  }
}
