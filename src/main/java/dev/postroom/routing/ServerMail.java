package dev.postroom.routing;

import dev.postroom.blob.Blobs;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.Returns;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Mails that this server writes to people: plain text in ASCII, with the null reverse-path, so that
 * nothing comes of one that cannot be delivered.
 */
@ApplicationScoped
class ServerMail {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
  private static final Pattern UNPRINTABLE_IN_TEXT = Pattern.compile("[^\\n -~]");

  private final Blobs blobs;
  private final Returns returns;
  private final String hostname;
  private final Clock clock;
  private final RandomGenerator random;

  ServerMail(
      Blobs blobs, Returns returns, ServerConfig server, Clock clock, RandomGenerator random) {
    this.blobs = blobs;
    this.returns = returns;
    this.hostname = server.hostname();
    this.clock = clock;
    this.random = random;
  }

  /** Inside the caller's transaction: it is on its way when that has committed. */
  void send(MailAddress to, String subject, String text) {
    var trace = TraceId.next(clock, random);
    var lines = UNPRINTABLE_IN_TEXT.matcher(text).replaceAll("?").lines();
    var message = header(to, subject, trace) + "\r\n" + String.join("\r\n", lines.toList());
    try (var writer = blobs.write()) {
      writer.write((message + "\r\n").getBytes(StandardCharsets.US_ASCII));
      long size = writer.size();
      returns.returnToSender(trace, to, writer.keep(), size);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String header(MailAddress to, String subject, TraceId trace) {
    // RFC 5321 §4.4: for a mailbox here; what leaves for another server goes without it
    return "Return-Path: <>\r\n"
        + "From: Mail service <postmaster@%s>\r\n".formatted(hostname)
        + "To: <%s>\r\n".formatted(UNPRINTABLE.matcher(to.toString()).replaceAll("?"))
        + "Subject: %s\r\n".formatted(UNPRINTABLE.matcher(subject).replaceAll("?"))
        + "Date: %s\r\n".formatted(DATE.format(clock.instant()))
        + "Message-ID: <%s@%s>\r\n".formatted(trace.value(), hostname)
        // RFC 3834 §5: nobody's autoresponder answers this
        + "Auto-Submitted: auto-generated\r\n"
        + "MIME-Version: 1.0\r\n"
        + "Content-Type: text/plain; charset=us-ascii\r\n";
  }
}
