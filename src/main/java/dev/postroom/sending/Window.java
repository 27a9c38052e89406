package dev.postroom.sending;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one scope has sent lately, what is reserved for messages on their way in, and what is not
 * written yet. Any thread.
 */
final class Window {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Messages and recipients. */
  record Amount(long messages, long recipients) {
    Amount plus(Amount other) {
      return new Amount(messages + other.messages, recipients + other.recipients);
    }
  }

  /** A line of the table. */
  record Row(Scope scope, long hour, Amount amount) {}

  private final Scope scope;
  private final Hours messages = new Hours();
  private final Hours recipients = new Hours();
  private final Map<Long, Amount> unsaved = new TreeMap<>();
  private long reservedMessages;
  private long reservedRecipients;
  private long lastUsed;
  private boolean loaded;

  Window(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  static long hour(Instant at) {
    return at.getEpochSecond() / HOUR.toSeconds();
  }

  synchronized void touch(Instant now) {
    lastUsed = now.toEpochMilli();
  }

  /** Nobody needs it, and it can be read again. */
  synchronized boolean isIdleSince(Instant when) {
    return lastUsed < when.toEpochMilli()
        && reservedMessages == 0
        && reservedRecipients == 0
        && unsaved.isEmpty();
  }

  synchronized boolean isLoaded() {
    return loaded;
  }

  /** What the database knows, of all processes; what is not written yet is added. */
  synchronized void load(List<Row> rows) {
    messages.clear();
    recipients.clear();
    rows.forEach(row -> add(row.hour(), row.amount()));
    unsaved.forEach(this::add);
    loaded = true;
  }

  private void add(long hour, Amount amount) {
    messages.add(hour, amount.messages());
    recipients.add(hour, amount.recipients());
  }

  /** Sets the room for one more message aside, or says which limit leaves none. */
  synchronized Optional<Counted> reserveMessage(SendingLimits limits, Instant now) {
    var full = full(limits, now, true);
    if (full.isEmpty()) {
      reservedMessages++;
    }
    return full;
  }

  synchronized Optional<Counted> reserveRecipient(SendingLimits limits, Instant now) {
    var full = full(limits, now, false);
    if (full.isEmpty()) {
      reservedRecipients++;
    }
    return full;
  }

  private Optional<Counted> full(SendingLimits limits, Instant now, boolean isMessage) {
    for (var counted : Counted.values()) {
      long limit = counted.limit(limits);
      // a message without a recipient is none: it takes room for both
      if ((isMessage || !counted.isMessages())
          && limit != PlanLimits.UNLIMITED
          && used(counted, hour(now)) + reserved(counted) >= limit) {
        return Optional.of(counted);
      }
    }
    return Optional.empty();
  }

  private long reserved(Counted counted) {
    return counted.isMessages() ? reservedMessages : reservedRecipients;
  }

  private long used(Counted counted, long hour) {
    var numbers = counted.isMessages() ? messages : recipients;
    return counted.isHour() ? numbers.in(hour) : numbers.dayUntil(hour);
  }

  /** When there will be room, as far as is known now; null when nothing ever fits. */
  synchronized @Nullable Instant roomAgain(Counted counted, long limit, Instant now) {
    if (limit == 0) {
      return null;
    }
    long hour = hour(now) + 1;
    if (!counted.isHour()) {
      for (long last = hour + Hours.OF_DAY; hour < last; hour++) {
        if (used(counted, hour) + reserved(counted) < limit) {
          break;
        }
      }
    }
    return Instant.EPOCH.plus(HOUR.multipliedBy(hour));
  }

  synchronized void release(Amount amount) {
    reservedMessages -= amount.messages();
    reservedRecipients -= amount.recipients();
  }

  /** What was reserved is sent. */
  synchronized void sent(Amount amount, Instant now) {
    release(amount);
    add(hour(now), amount);
    unsaved.merge(hour(now), amount, Amount::plus);
  }

  synchronized Sent sent(Instant now) {
    long hour = hour(now);
    return new Sent(
        used(Counted.MESSAGES_AN_HOUR, hour),
        used(Counted.MESSAGES_A_DAY, hour),
        used(Counted.RECIPIENTS_AN_HOUR, hour),
        used(Counted.RECIPIENTS_A_DAY, hour));
  }

  /** Hands over what is to be written; {@link #notSaved} brings it back when that fails. */
  synchronized List<Row> takeUnsaved() {
    var rows = new ArrayList<Row>();
    unsaved.forEach((hour, amount) -> rows.add(new Row(scope, hour, amount)));
    unsaved.clear();
    return rows;
  }

  synchronized void notSaved(Row row) {
    unsaved.merge(row.hour(), row.amount(), Amount::plus);
  }
}
