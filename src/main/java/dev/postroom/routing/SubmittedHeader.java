package dev.postroom.routing;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import dev.postroom.message.EnvelopeAddress;
import dev.postroom.message.HeaderField;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageEnvelope;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The header section of a message that a user of ours sends (RFC 6409 §8): every author must be an
 * address of the user, what is missing is added, what is not for readers is taken out.
 */
final class SubmittedHeader {
  private static final EnhancedStatus NOT_YOURS = new EnhancedStatus(5, 7, 1);
  private static final EnhancedStatus UNREADABLE = new EnhancedStatus(5, 6, 0);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  /**
   * Bcc would tell every reader of the hidden recipients (RFC 5322 §3.6.3); Return-Path is for the
   * last server to add (RFC 5321 §4.4).
   */
  private static final Set<String> NOT_FOR_READERS = Set.of("bcc", "resent-bcc", "return-path");

  private final Sender sender;
  private final Predicate<MailAddress> maySendAs;
  private final TraceId trace;
  private final String hostname;
  private final Clock clock;

  SubmittedHeader(
      Sender sender,
      Predicate<MailAddress> maySendAs,
      TraceId trace,
      String hostname,
      Clock clock) {
    this.sender = sender;
    this.maySendAs = maySendAs;
    this.trace = trace;
    this.hostname = hostname;
    this.clock = clock;
  }

  HeaderCompletion.Completed complete(Headers headers) {
    if (headers.contains("From")) {
      var authors =
          MessageEnvelope.of(headers).from().stream().filter(SubmittedHeader::isAddress).toList();
      if (authors.isEmpty()) {
        return refused(UNREADABLE, "the From header field names no address");
      }
      for (var author : authors) {
        if (!isOurs(author)) {
          return refused(
              NOT_YOURS,
              "the From header field says %s@%s, which is not an address of %s"
                  .formatted(author.mailbox(), author.host(), sender.address()));
        }
      }
    }
    return new HeaderCompletion.Completed(written(headers), null);
  }

  private static HeaderCompletion.Completed refused(EnhancedStatus status, String why) {
    return new HeaderCompletion.Completed(new byte[0], new HeaderCompletion.Refusal(status, why));
  }

  /** Beginnings and ends of groups (RFC 6854) are no addresses. */
  private static boolean isAddress(EnvelopeAddress entry) {
    return entry.host() != null;
  }

  private boolean isOurs(EnvelopeAddress author) {
    try {
      return maySendAs.test(
          new MailAddress(String.valueOf(author.mailbox()), DomainName.of(utf8(author.host()))));
    } catch (InvalidAddressException _) {
      return false;
    }
  }

  /** The header's octets came as characters of the same number. */
  private static String utf8(@org.jspecify.annotations.Nullable String octets) {
    return new String(
        String.valueOf(octets).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private byte[] written(Headers headers) {
    var section = new ByteArrayOutputStream();
    addMissing(headers, section);
    for (var field : headers.fields()) {
      if (!NOT_FOR_READERS.contains(field.name().toLowerCase(Locale.ROOT))) {
        section.writeBytes(withLineEnd(field));
      }
    }
    section.writeBytes(new byte[] {'\r', '\n'});
    return section.toByteArray();
  }

  private void addMissing(Headers headers, ByteArrayOutputStream section) {
    if (!headers.contains("Date")) { // RFC 6409 §8.2
      add(section, "Date: " + DATE.format(clock.instant().atOffset(ZoneOffset.UTC)));
    }
    if (!headers.contains("Message-ID")) { // RFC 6409 §8.3
      add(section, "Message-ID: <" + trace + "@" + hostname + ">");
    }
    if (!headers.contains("From")) { // RFC 5322 §3.6: there must be one
      add(section, "From: " + sender.address());
    }
  }

  private static void add(ByteArrayOutputStream section, String field) {
    section.writeBytes((field + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] withLineEnd(HeaderField field) {
    byte[] octets = field.octets();
    if (octets.length > 0 && octets[octets.length - 1] == '\n') {
      return octets;
    }
    var whole = java.util.Arrays.copyOf(octets, octets.length + 2);
    whole[octets.length] = '\r';
    whole[octets.length + 1] = '\n';
    return whole;
  }
}
