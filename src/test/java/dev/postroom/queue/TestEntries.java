package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Entries that are in no table. */
final class TestEntries {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  private static final AtomicLong IDS = new AtomicLong();

  private TestEntries() {}

  static Entry entry(Turn turn) {
    return new Entry(
        IDS.incrementAndGet(),
        TraceId.next(Clock.systemUTC(), RANDOM),
        ReversePath.NULL,
        MailAddress.parse("ben@" + turn.destination()),
        turn.destination(),
        turn.account(),
        turn.urgency(),
        new BlobId("0".repeat(64)),
        1,
        false,
        "",
        Instant.MAX,
        null,
        0,
        MailOptions.NONE,
        RecipientOptions.NONE);
  }

  /** The same entry, rerouted. */
  static Entry at(Entry entry, String destination) {
    return new Entry(
        entry.id(),
        entry.trace(),
        entry.reversePath(),
        entry.recipient(),
        destination,
        entry.account(),
        entry.urgency(),
        entry.content(),
        entry.size(),
        entry.eightBit(),
        entry.extraHeader(),
        entry.expiresAt(),
        entry.warnAt(),
        entry.attempts(),
        entry.options(),
        entry.recipientOptions());
  }

  static Parcel parcel(Turn turn) {
    return new Parcel(List.of(entry(turn)));
  }

  /** Each a message of its own. */
  static List<Parcel> parcels(Turn turn, int count) {
    return IntStream.range(0, count).mapToObj(_ -> parcel(turn)).toList();
  }
}
