package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Domains;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Together;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class LoginsTest {
  private static int lastAddress;

  @Inject Fixtures fixtures;
  @Inject Logins logins;
  @Inject Passwords passwords;
  @Inject Mailboxes mailboxes;
  @Inject Domains domains;
  @Inject AuthConfig config;
  @Inject AgroalDataSource database;

  private MailboxInfo ann;
  private InetAddress from;

  @BeforeEach
  void aMailbox() {
    ann = fixtures.mailbox(fixtures.domain(), "ann");
    from = anotherAddress();
  }

  private static InetAddress anotherAddress() {
    try {
      lastAddress++;
      return InetAddress.getByAddress(
          new byte[] {(byte) 198, 18, (byte) (lastAddress >> 8), (byte) lastAddress});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private LoginResult login(String password) {
    return logins.mailbox(ann.address().toString(), password, from, "test");
  }

  @Test
  void theRightPasswordIsWelcomeInAnyCaseOfTheName() {
    var welcome = new LoginResult.Welcome(new Viewer.MailboxUser(ann.id(), ann.address()));
    assertThat(login(Fixtures.PASSWORD)).isEqualTo(welcome);
    var shouted = "ANN@" + ann.address().domain().ascii().toUpperCase(Locale.ROOT);
    assertThat(logins.mailbox(shouted, Fixtures.PASSWORD, from, "test")).isEqualTo(welcome);
  }

  @Test
  void anInternationalNameSignsInInBothForms() {
    var domain =
        domains.create(
            Viewer.SERVER,
            DomainName.of(fixtures.unique("bücher") + ".test"),
            fixtures.customer().accountId());
    fixtures.mailbox(domain, "eva");
    for (var form : new String[] {domain.name().ascii(), domain.name().unicode()}) {
      assertThat(logins.mailbox("eva@" + form, Fixtures.PASSWORD, from, "test"))
          .isInstanceOf(LoginResult.Welcome.class);
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownNameLookAlike() {
    assertThat(login("wrong")).isEqualTo(new LoginResult.Wrong());
    assertThat(logins.mailbox("nobody@nowhere.test", "wrong", from, "test"))
        .isEqualTo(new LoginResult.Wrong());
    for (var name : new String[] {"no address", "jörg@nowhere.test", "", "x\0y@a.test", "@"}) {
      assertThat(logins.mailbox(name, "wrong", from, "test")).isEqualTo(new LoginResult.Wrong());
      assertThat(logins.account(name, "wrong", from)).isEqualTo(new LoginResult.Wrong());
    }
  }

  @Test
  void theOldPasswordIsWrongAtOnceThoughItWasRemembered() {
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
    passwords.setForMailbox(Viewer.SERVER, ann.id(), "another-zebra-88-lantern");
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Wrong.class);
    assertThat(login("another-zebra-88-lantern")).isInstanceOf(LoginResult.Welcome.class);
  }

  @Test
  void suspensionIsToldOnlyToWhoKnowsThePassword() {
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
    mailboxes.suspend(Viewer.SERVER, ann.id(), new Suspension(true, false, false, "unpaid"));
    assertThat(login(Fixtures.PASSWORD)).isEqualTo(new LoginResult.Suspended("unpaid"));
    assertThat(login("wrong")).isEqualTo(new LoginResult.Wrong());
    mailboxes.suspend(Viewer.SERVER, ann.id(), Suspension.NONE);
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
  }

  @Test
  void aRemovedMailboxSignsInNoMore() {
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
    mailboxes.remove(Viewer.SERVER, ann.id());
    assertThat(login(Fixtures.PASSWORD)).isEqualTo(new LoginResult.Wrong());
  }

  @Test
  void guessingEndsAtTheLimitAndIsThenNotChecked() {
    for (int i = 0; i < config.throttle().nameFailuresFromAddress(); i++) {
      assertThat(login("guess " + i)).isEqualTo(new LoginResult.Wrong());
    }
    assertThat(login("one guess more")).isInstanceOf(LoginResult.Throttled.class);
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Throttled.class);
    from = anotherAddress();
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
  }

  @Test
  void guessingManyNamesEndsAtTheLimitWhetherTheyExistOrNot() {
    for (int i = 0; i < config.throttle().addressFailures(); i++) {
      var name = i < 3 ? ann.address().toString() : "nobody" + i + "@nowhere.test";
      assertThat(logins.mailbox(name, "guess " + i, from, "test"))
          .isEqualTo(new LoginResult.Wrong());
    }
    assertThat(logins.mailbox("nobody@nowhere.test", "x", from, "test"))
        .isInstanceOf(LoginResult.Throttled.class);
  }

  @Test
  void theSameWrongPasswordCountsEachTime() {
    for (int i = 0; i < config.throttle().nameFailuresFromAddress(); i++) {
      assertThat(login("wrong")).isEqualTo(new LoginResult.Wrong());
    }
    assertThat(login("wrong")).isInstanceOf(LoginResult.Throttled.class);
  }

  @Test
  void anotherSpellingOfANameHasNoFailuresOfItsOwn() {
    for (int i = 0; i < config.throttle().nameFailuresFromAddress(); i++) {
      assertThat(login("guess " + i)).isEqualTo(new LoginResult.Wrong());
    }
    var domain = ann.address().domain().ascii();
    for (var name : new String[] {"\"a\\nn\"@" + domain, "ann@" + domain + "."}) {
      assertThat(logins.mailbox(name, "one guess more", from, "test"))
          .isInstanceOf(LoginResult.Throttled.class);
    }
  }

  @Test
  void guessingAtTheSameMomentDoesNotPassTheLimit() {
    int limit = config.throttle().nameFailuresFromAddress();
    var outcomes = Together.run(4 * limit, i -> login("guess " + i));
    int inFlight = Runtime.getRuntime().availableProcessors();
    assertThat(outcomes)
        .filteredOn(LoginResult.Wrong.class::isInstance)
        .hasSizeBetween(limit, limit + inFlight);
    assertThat(outcomes)
        .allSatisfy(
            it ->
                assertThat(it)
                    .isInstanceOfAny(LoginResult.Wrong.class, LoginResult.Throttled.class));
  }

  @Test
  void aClientThatOpensManyConnectionsAtOnceIsWelcomeOnAll() {
    assertThat(Together.run(60, _ -> login(Fixtures.PASSWORD)))
        .allSatisfy(it -> assertThat(it).isInstanceOf(LoginResult.Welcome.class));
  }

  @Test
  void anOldHashIsRenewedAtTheNextLogin() throws SQLException {
    var old = new Argon2(512, 1, 1).hash(Fixtures.PASSWORD, new SecureRandom());
    passwords.setForMailbox(Viewer.SERVER, ann.id(), old);
    assertThat(login("wrong")).isInstanceOf(LoginResult.Wrong.class);
    assertThat(hashOf(ann.id())).isEqualTo(old.phc());
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
    assertThat(hashOf(ann.id())).isNotEqualTo(old.phc()).contains("m=1024,t=1,p=1");
    assertThat(login(Fixtures.PASSWORD)).isInstanceOf(LoginResult.Welcome.class);
  }

  private String hashOf(long mailboxId) throws SQLException {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "select hash from mailbox_credential where mailbox_id = ?")) {
      statement.setLong(1, mailboxId);
      try (var row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  @Test
  void aMailboxWithoutAPasswordLetsNobodyIn() {
    var domain = fixtures.domain();
    var ben = mailboxes.create(Viewer.SERVER, domain.id(), "ben", "", null);
    for (var guess : new String[] {"", "x", Fixtures.PASSWORD}) {
      assertThat(logins.mailbox(ben.address().toString(), guess, from, "test"))
          .isEqualTo(new LoginResult.Wrong());
    }
  }

  @Test
  void anAccountSignsInByItsLogin() {
    var customer = fixtures.customer();
    passwords.setForAccount(customer, customer.accountId(), Fixtures.PASSWORD);
    var shouted = " " + customer.login().toUpperCase(Locale.ROOT);
    assertThat(logins.account(shouted, Fixtures.PASSWORD, from))
        .isEqualTo(new LoginResult.Welcome(customer));
    assertThat(logins.account(customer.login(), "wrong", from)).isEqualTo(new LoginResult.Wrong());
  }
}
