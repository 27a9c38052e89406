package dev.postroom.imap;

import dev.postroom.auth.Logins;
import dev.postroom.auth.Sasl;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.Mailboxes;
import dev.postroom.imap.syntax.ImapCommand;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.search.TextIndex;
import dev.postroom.store.MailStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What all sessions share. A singleton, as its fields are read without a proxy. */
@Singleton
class ImapServices {
  final MailStore store;
  final Blobs blobs;
  final TextIndex textIndex;
  final Logins logins;
  final Sasl sasl;
  final Mailboxes mailboxes;
  final ImapConfig config;
  final ServerConfig server;
  final Clock clock;
  final MeterRegistry meters;
  final Envelopes envelopes;
  final FieldTexts fieldTexts;
  final SortFields sortFields;
  private final RandomGenerator random;

  ImapServices(
      MailStore store,
      Blobs blobs,
      TextIndex textIndex,
      Logins logins,
      Sasl sasl,
      Mailboxes mailboxes,
      ImapConfig config,
      ServerConfig server,
      Clock clock,
      RandomGenerator random,
      MeterRegistry meters) {
    this.store = store;
    this.blobs = blobs;
    this.textIndex = textIndex;
    this.logins = logins;
    this.sasl = sasl;
    this.mailboxes = mailboxes;
    this.config = config;
    this.server = server;
    this.clock = clock;
    this.random = random;
    this.meters = meters;
    this.envelopes = new Envelopes(config.envelopeCache().asLongValue());
    this.fieldTexts = new FieldTexts(config.fieldCache().asLongValue());
    this.sortFields = new SortFields(config.sortCache().asLongValue());
  }

  /** A command was answered. */
  void measure(ImapCommand command, Completion completion, long nanoseconds) {
    var name = command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    var result = completion.status().name().toLowerCase(Locale.ROOT);
    meters
        .timer("postroom.imap.command", "command", name, "result", result)
        .record(nanoseconds, TimeUnit.NANOSECONDS);
  }

  TraceId newTrace() {
    return TraceId.next(clock, random);
  }
}
