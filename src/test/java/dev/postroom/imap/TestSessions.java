package dev.postroom.imap;

import dev.postroom.auth.Logins;
import dev.postroom.auth.Sasl;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.Mailboxes;
import dev.postroom.mail.ServerConfig;
import dev.postroom.net.Listeners;
import dev.postroom.search.TextIndex;
import dev.postroom.store.MailStore;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Ways to a session: with the application's settings, or with a test's own over its parts. */
@ApplicationScoped
class TestSessions {
  @Inject Listeners listeners;
  @Inject Fixtures fixtures;
  @Inject MailStore store;
  @Inject Blobs blobs;
  @Inject TextIndex textIndex;
  @Inject Logins logins;
  @Inject Sasl sasl;
  @Inject Mailboxes mailboxes;
  @Inject ServerConfig server;
  @Inject Clock clock;
  @Inject RandomGenerator random;
  @Inject MeterRegistry meters;

  int port(String name) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(name))
        .findFirst()
        .orElseThrow()
        .port();
  }

  /** The LOGIN of a new mailbox. */
  String login() {
    var ann = fixtures.mailbox(fixtures.domain(), "ann");
    return "LOGIN " + ann.address() + " " + Fixtures.PASSWORD;
  }

  ImapClient connect() throws IOException {
    return new ImapClient(port("imap"));
  }

  ImapClient connectWith(String... settings) throws IOException {
    return connectWith(blobs, settings);
  }

  ImapClient connectWith(Blobs others, String... settings) throws IOException {
    return connectWith(listeners, others, settings);
  }

  /** A server of the test's own, that it can stop. */
  ImapClient connectTo(Listeners own) throws IOException {
    return connectWith(own, blobs, "postroom.imap.plaintext-login", "true");
  }

  private ImapClient connectWith(Listeners own, Blobs others, String... settings)
      throws IOException {
    var config = Settings.of(ImapConfig.class, settings);
    var services =
        new ImapServices(
            store, others, textIndex, logins, sasl, mailboxes, config, server, clock, random,
            meters);
    var open =
        own.open(
            new Listeners.Endpoint("imap-test", "127.0.0.1", 0, false),
            "",
            wire -> new ImapSession(services, wire).hold());
    return new ImapClient(open.port());
  }
}
