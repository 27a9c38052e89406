package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.SaslExchange.Step;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.ServerConfig;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.ScramClient;
import dev.postroom.testing.Settings;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class ScramLoginTest {
  private static final byte[] NO_OCTETS = {};
  private static final byte[] CHANNEL = {1, 2, 3};
  private static final ChannelBindings TLS =
      type -> type.equals("tls-exporter") ? Optional.of(CHANNEL) : Optional.empty();
  private static int lastAddress;

  @Inject Fixtures fixtures;
  @Inject Sasl sasl;
  @Inject Logins logins;
  @Inject Passwords passwords;
  @Inject Mailboxes mailboxes;
  @Inject AuthConfig config;
  @Inject AgroalDataSource database;
  @Inject AuthStatements statements;
  @Inject ServerConfig server;
  @Inject ScramVault vault;

  private MailboxInfo ann;
  private InetAddress from;

  @BeforeEach
  void aMailbox() throws Exception {
    ann = fixtures.mailbox(fixtures.domain(), "ann");
    lastAddress++;
    from = InetAddress.getByAddress(new byte[] {(byte) 198, 19, 0, (byte) lastAddress});
  }

  private Step hold(String mechanism, ChannelBindings tls, ScramClient client) throws Exception {
    var exchange = sasl.begin(mechanism, new SaslClient(from, "test", tls)).orElseThrow();
    assertThat(exchange.begin()).isInstanceOf(Step.Challenge.class);
    if (!(exchange.next(client.first()) instanceof Step.Challenge(var question))) {
      return exchange.next(client.first());
    }
    var step = exchange.next(client.last(question));
    if (!(step instanceof Step.Challenge(var signature))) {
      return step;
    }
    assertThat(new String(signature, StandardCharsets.UTF_8)).isEqualTo(client.serverProof());
    return exchange.next(NO_OCTETS);
  }

  private @Nullable LoginResult login(String name, String password) throws Exception {
    var client = new ScramClient("n,,", NO_OCTETS, name, password);
    return hold("SCRAM-SHA-256", ChannelBindings.NONE, client) instanceof Step.Done(var result)
        ? result
        : null;
  }

  private LoginResult welcome() {
    return new LoginResult.Welcome(new Viewer.MailboxUser(ann.id(), ann.address()));
  }

  private String question(String name) {
    var client = new ScramClient("n,,", NO_OCTETS, name, "x");
    var exchange =
        sasl.begin("scram-sha-256", new SaslClient(from, "test", ChannelBindings.NONE))
            .orElseThrow();
    return exchange.next(client.first()) instanceof Step.Challenge(var octets)
        ? new String(octets, StandardCharsets.UTF_8).replaceFirst("^r=[^,]*,", "")
        : "none";
  }

  private void forgetKeys() throws Exception {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement("delete from mailbox_scram where mailbox_id = ?")) {
      statement.setLong(1, ann.id());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void whoProvesThePasswordIsWelcomeAndHearsTheServersProof() throws Exception {
    assertThat(login(ann.address().toString(), Fixtures.PASSWORD)).isEqualTo(welcome());
    assertThat(login("ANN@" + ann.address().domain(), Fixtures.PASSWORD)).isEqualTo(welcome());
    assertThat(login(ann.address().toString(), "wrong")).isEqualTo(new LoginResult.Wrong());
    assertThat(login("nobody@nowhere.test", "wrong")).isEqualTo(new LoginResult.Wrong());
  }

  @Test
  void theChannelIsBoundAndADowngradeIsNoticed() throws Exception {
    assertThat(sasl.mechanisms(TLS)).startsWith("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN");
    assertThat(sasl.mechanisms(ChannelBindings.NONE)).startsWith("SCRAM-SHA-256", "PLAIN");
    var name = ann.address().toString();
    var bound = new ScramClient("p=tls-exporter,,", CHANNEL, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256-PLUS", TLS, bound)).isEqualTo(new Step.Done(welcome()));
    var elsewhere = new ScramClient("p=tls-exporter,,", new byte[] {9}, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256-PLUS", TLS, elsewhere))
        .isEqualTo(new Step.Refused("channel-bindings-dont-match"));
    var unknown = new ScramClient("p=tls-unique,,", CHANNEL, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256-PLUS", TLS, unknown))
        .isEqualTo(new Step.Refused("unsupported-channel-binding-type"));
    var deceived = new ScramClient("y,,", NO_OCTETS, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256", TLS, deceived))
        .isEqualTo(new Step.Refused("server-does-support-channel-binding"));
    assertThat(hold("SCRAM-SHA-256", ChannelBindings.NONE, deceived))
        .isEqualTo(new Step.Done(welcome()));
    var unbound = new ScramClient("n,,", NO_OCTETS, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256", TLS, unbound)).isEqualTo(new Step.Done(welcome()));
    assertThat(hold("SCRAM-SHA-256-PLUS", TLS, unbound)).isInstanceOf(Step.Malformed.class);
    assertThat(hold("SCRAM-SHA-256", TLS, bound)).isInstanceOf(Step.Malformed.class);
    assertThat(sasl.begin("SCRAM-SHA-256-PLUS", new SaslClient(from, "x", ChannelBindings.NONE)))
        .isEmpty();
    assertThat(sasl.begin("CRAM-MD5", new SaslClient(from, "x", TLS))).isEmpty();
  }

  @Test
  void aMailboxWithoutKeysLooksLikeNobodysUntilItsPasswordIsTold() throws Exception {
    var name = ann.address().toString();
    var before = question(name);
    assertThat(before).matches("s=[A-Za-z0-9+/]{22}==,i=32768");
    forgetKeys();
    assertThat(question(name)).isEqualTo(before);
    assertThat(login(name, Fixtures.PASSWORD)).isEqualTo(new LoginResult.Wrong());
    assertThat(logins.mailbox(name, Fixtures.PASSWORD, from, "test")).isEqualTo(welcome());
    assertThat(question(name)).isEqualTo(before);
    assertThat(login(name, Fixtures.PASSWORD)).isEqualTo(welcome());
    var nobody = question("nobody@" + ann.address().domain());
    assertThat(nobody).matches("s=[A-Za-z0-9+/]{22}==,i=32768").isNotEqualTo(before);
    assertThat(question("nobody@" + ann.address().domain())).isEqualTo(nobody);
  }

  @Test
  void aWrongPasswordMakesNoKeys() throws Exception {
    forgetKeys();
    assertThat(logins.mailbox(ann.address().toString(), "wrong", from, "test"))
        .isEqualTo(new LoginResult.Wrong());
    assertThat(login(ann.address().toString(), "wrong")).isEqualTo(new LoginResult.Wrong());
  }

  @Test
  void aNewPasswordHasNewKeysAtOnce() throws Exception {
    passwords.setForMailbox(Viewer.SERVER, ann.id(), "another-zebra-88-lantern");
    assertThat(login(ann.address().toString(), Fixtures.PASSWORD))
        .isEqualTo(new LoginResult.Wrong());
    assertThat(login(ann.address().toString(), "another-zebra-88-lantern")).isEqualTo(welcome());
  }

  /** What is proven between the question and the answer. */
  private LoginResult late(ScramClient client, Runnable meanwhile) throws Exception {
    var exchange =
        sasl.begin("SCRAM-SHA-256", new SaslClient(from, "test", ChannelBindings.NONE))
            .orElseThrow();
    var question = ((Step.Challenge) exchange.next(client.first())).octets();
    meanwhile.run();
    var step = exchange.next(client.last(question));
    return step instanceof Step.Done(var result)
        ? result
        : ((Step.Done) exchange.next(NO_OCTETS)).result();
  }

  @Test
  void thePasswordThatCountsIsTheOneAtTheProof() throws Exception {
    var name = ann.address().toString();
    var old = new ScramClient("n,,", NO_OCTETS, name, Fixtures.PASSWORD);
    var next = new ScramClient("n,,", NO_OCTETS, name, "another-zebra-88-lantern");
    Runnable change =
        () -> passwords.setForMailbox(Viewer.SERVER, ann.id(), "another-zebra-88-lantern");
    assertThat(late(old, change)).isEqualTo(new LoginResult.Wrong());
    assertThat(late(next, () -> {})).isEqualTo(welcome());
    Runnable suspend =
        () -> mailboxes.suspend(Viewer.SERVER, ann.id(), new Suspension(true, false, false, "no"));
    assertThat(late(next, suspend)).isEqualTo(new LoginResult.Suspended("no"));
  }

  @Test
  void suspensionIsToldToWhoProvesThePassword() throws Exception {
    mailboxes.suspend(Viewer.SERVER, ann.id(), new Suspension(true, false, false, "unpaid"));
    assertThat(login(ann.address().toString(), Fixtures.PASSWORD))
        .isEqualTo(new LoginResult.Suspended("unpaid"));
    assertThat(login(ann.address().toString(), "wrong")).isEqualTo(new LoginResult.Wrong());
  }

  @Test
  void guessesByProofAndByPasswordAreCountedTogether() throws Exception {
    var name = ann.address().toString();
    int limit = config.throttle().nameFailuresFromAddress();
    for (int i = 0; i < limit; i++) {
      var wrong = i % 2 == 0 ? login(name, "no") : logins.mailbox(name, "no " + i, from, "test");
      assertThat(wrong).isEqualTo(new LoginResult.Wrong());
    }
    assertThat(login(name, Fixtures.PASSWORD)).isInstanceOf(LoginResult.Throttled.class);
  }

  @Test
  void actingAsSomebodyElseIsRefusedAndMessagesOutOfOrderAreMalformed() throws Exception {
    var name = ann.address().toString();
    var other = new ScramClient("n,a=ben@b.test,", NO_OCTETS, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256", ChannelBindings.NONE, other)).isInstanceOf(Step.Refused.class);
    var same = new ScramClient("n,a=" + name + ",", NO_OCTETS, name, Fixtures.PASSWORD);
    assertThat(hold("SCRAM-SHA-256", ChannelBindings.NONE, same))
        .isEqualTo(new Step.Done(welcome()));
    var exchange = sasl.begin("SCRAM-SHA-256", new SaslClient(from, "test", TLS)).orElseThrow();
    assertThat(exchange.next(new byte[] {(byte) 0xff})).isInstanceOf(Step.Malformed.class);
    assertThat(exchange.next("c=biws,r=x,p=AAAA".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Step.Malformed.class);
    assertThat(exchange.next(same.first())).isInstanceOf(Step.Challenge.class);
    assertThat(exchange.next("c=biws,r=x,p=AAAA".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Step.Malformed("another nonce"));
  }

  @Test
  void anyOctetsAreAnsweredInWords() {
    var pieces =
        List.of(
            "n,,", "y,,", "p=tls-exporter,,", "n=", "r=", ",", "=", "c=biws", "p=", "AAAA", "m=1");
    var random = new Random(5802);
    for (int i = 0; i < 300; i++) {
      var exchange =
          sasl.begin(
                  i % 2 == 0 ? "SCRAM-SHA-256" : "SCRAM-SHA-256-PLUS",
                  new SaslClient(from, "test", TLS))
              .orElseThrow();
      for (int message = 0; message < 3; message++) {
        var text = new StringBuilder(random.nextBoolean() ? "n,,n=a,r=b" : "");
        for (int length = random.nextInt(8); length > 0; length--) {
          text.append(pieces.get(random.nextInt(pieces.size())));
          if (random.nextInt(5) == 0) {
            text.append((char) random.nextInt(256));
          }
        }
        var octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        assertThat(exchange.next(octets)).isNotInstanceOf(Step.Done.class);
      }
    }
  }

  @Test
  void whereScramIsOffTheKeysGoAtTheNextLogin() throws Exception {
    var off =
        new ScramVault(
            Settings.of(AuthConfig.class, "postroom.auth.scram.enabled", "false"),
            server,
            new SecureRandom());
    var attempt = logins.mailboxAttempt(ann.address().toString(), from);
    assertThat(off.isOn()).isFalse();
    assertThat(login(ann.address().toString(), Fixtures.PASSWORD)).isEqualTo(welcome());
    new ScramCredentials(statements, off)
        .renew(attempt, Fixtures.PASSWORD, new PasswordHash("whatever"));
    assertThat(login(ann.address().toString(), Fixtures.PASSWORD))
        .isEqualTo(new LoginResult.Wrong());
  }

  @Test
  void keysAreAddedBesideTheHashThatWasCheckedOnly() throws Exception {
    forgetKeys();
    new ScramCredentials(statements, vault)
        .renew(
            logins.mailboxAttempt(ann.address().toString(), from),
            "a password that was changed meanwhile",
            new PasswordHash("the hash before"));
    assertThat(logins.mailbox(ann.address().toString(), Fixtures.PASSWORD, from, "test"))
        .isEqualTo(welcome());
    assertThat(login(ann.address().toString(), Fixtures.PASSWORD)).isEqualTo(welcome());
  }
}
