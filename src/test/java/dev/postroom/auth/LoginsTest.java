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
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
    var shouted = "ANN@" + ann.address().domain().ascii().toUpperCase(java.util.Locale.ROOT);
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
}
