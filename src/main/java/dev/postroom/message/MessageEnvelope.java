package dev.postroom.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ENVELOPE says about a message (RFC 3501 §7.4.2). Texts are the header's octets, each as the
 * character of the same number; {@link HeaderText#decodeOctets} makes them readable.
 */
public record MessageEnvelope(
    @Nullable String date,
    @Nullable String subject,
    List<EnvelopeAddress> from,
    List<EnvelopeAddress> sender,
    List<EnvelopeAddress> replyTo,
    List<EnvelopeAddress> to,
    List<EnvelopeAddress> cc,
    List<EnvelopeAddress> bcc,
    @Nullable String inReplyTo,
    @Nullable String messageId) {
  /** Addresses of one message, those of messages within it included; more are left out. */
  static final int MAX_ADDRESSES = 5000;

  /** How many addresses may still be read. */
  static final class Room {
    private int left = MAX_ADDRESSES;

    private List<EnvelopeAddress> addresses(HeaderField field) {
      var found = new RawAddresses(field.octetText(), left).parse();
      left -= found.size();
      return found;
    }
  }

  public MessageEnvelope {
    from = List.copyOf(from);
    // RFC 3501 §7.4.2: absent or empty Sender and Reply-To are the same as From
    sender = sender.isEmpty() ? from : List.copyOf(sender);
    replyTo = replyTo.isEmpty() ? from : List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /** Reads the fields of a header section. */
  public static MessageEnvelope of(Headers headers) {
    return of(headers, new Room());
  }

  static MessageEnvelope of(Headers headers, Room room) {
    return new MessageEnvelope(
        text(headers, "Date"),
        text(headers, "Subject"),
        addresses(headers, "From", room),
        addresses(headers, "Sender", room),
        addresses(headers, "Reply-To", room),
        addresses(headers, "To", room),
        addresses(headers, "Cc", room),
        addresses(headers, "Bcc", room),
        text(headers, "In-Reply-To"),
        text(headers, "Message-ID"));
  }

  private static @Nullable String text(Headers headers, String name) {
    return headers.first(name).map(HeaderField::octetText).orElse(null);
  }

  /** RFC 5322 §3.6 allows each field once; where a message has more, all their addresses count. */
  private static List<EnvelopeAddress> addresses(Headers headers, String name, Room room) {
    var all = new ArrayList<EnvelopeAddress>();
    for (var field : headers.all(name)) {
      all.addAll(room.addresses(field));
    }
    return all;
  }
}
