package dev.postroom.imap;

import dev.postroom.message.BaseSubject;
import dev.postroom.message.CaseMap;
import dev.postroom.message.EnvelopeAddress;
import dev.postroom.message.HeaderText;
import dev.postroom.message.MessageDate;
import dev.postroom.message.MessageEnvelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a message is compared by SORT and THREAD; texts by {@link CaseMap#ORDER}.
 *
 * @param sent milliseconds, or {@link #NO_DATE}
 * @param subject the base subject
 * @param isReply whether the subject marks a reply or forward
 */
record Sortable(
    long sent,
    String subject,
    boolean isReply,
    String from,
    String to,
    String cc,
    String displayFrom,
    String displayTo) {
  /** How many characters are compared, of texts that were mapped. */
  static final int MAX_COMPARED = 200;

  private static final long NO_DATE = Long.MIN_VALUE;

  /** What an entry costs beside its characters. */
  private static final int OVERHEAD = 400;

  static Sortable of(MessageEnvelope envelope) {
    var subject = BaseSubject.of(readable(envelope.subject()));
    return new Sortable(
        sent(envelope.date()),
        compared(subject.text()),
        subject.isReply(),
        mailbox(envelope.from()),
        mailbox(envelope.to()),
        mailbox(envelope.cc()),
        display(envelope.from()),
        display(envelope.to()));
  }

  private static String readable(@Nullable String octets) {
    return octets == null ? "" : HeaderText.decodeOctets(octets);
  }

  private static long sent(@Nullable String date) {
    return date == null
        ? NO_DATE
        : MessageDate.sent(date).map(Instant::toEpochMilli).orElse(NO_DATE);
  }

  /** RFC 5256 §3: addr-mailbox of the first address; of a group, its name (RFC 3501 §7.4.2). */
  private static String mailbox(List<EnvelopeAddress> addresses) {
    return addresses.isEmpty() ? "" : compared(readable(addresses.getFirst().mailbox()));
  }

  /** RFC 5957 §3: the display name of the first address, or else the address. */
  private static String display(List<EnvelopeAddress> addresses) {
    if (addresses.isEmpty()) {
      return "";
    }
    var first = addresses.getFirst();
    var name = readable(first.name()).strip();
    if (!name.isEmpty()) {
      return compared(name);
    }
    var host = readable(first.host());
    return compared(readable(first.mailbox()) + (host.isEmpty() ? "" : "@" + host));
  }

  private static String compared(String text) {
    return cut(CaseMap.of(cut(text)));
  }

  private static String cut(String text) {
    return text.length() > MAX_COMPARED ? text.substring(0, MAX_COMPARED) : text;
  }

  /** RFC 5256 §2.2: the internal date where the message has none that can be read. */
  long sentOr(Instant internalDate) {
    return sent == NO_DATE ? internalDate.toEpochMilli() : sent;
  }

  int cost() {
    return OVERHEAD
        + subject.length()
        + from.length()
        + to.length()
        + cc.length()
        + displayFrom.length()
        + displayTo.length();
  }
}
