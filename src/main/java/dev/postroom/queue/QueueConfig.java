package dev.postroom.queue;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** How messages wait for other servers. */
@ConfigMapping(prefix = "postroom.queue")
public interface QueueConfig {
  /** Whether this process sends what is queued; one that does not still takes messages in. */
  @WithDefault("true")
  boolean enabled();

  /** How long a message is tried before it goes back to its sender (RFC 5321 §4.5.4.1). */
  @WithDefault("5d")
  Duration lifetime();

  /** How long a report to a sender is tried before it is dropped. */
  @WithDefault("1d")
  Duration bounceLifetime();

  /** The pauses after the first, second, … attempt; the last one repeats. */
  @WithDefault("1m,5m,15m,30m,1h,2h,4h")
  List<Duration> retryPauses();

  /** By how many per cent a pause is made longer or shorter at random. */
  @WithDefault("15")
  int retryJitter();

  /**
   * For how long a destination none of whose hosts answered is left alone; at most half of the
   * first pause.
   */
  @WithDefault("30s")
  Duration restAfterFailure();

  /** How long a claimed entry is this process's alone; renewed while it is being sent. */
  @WithDefault("2m")
  Duration lease();

  /** How often the table is looked at when nothing was announced: entries of other nodes. */
  @WithDefault("5s")
  Duration poll();

  /**
   * Messages sent at the same time to one destination at first; each that it takes allows one more.
   * Domains with the same mail servers are one destination. When there are five or more, a fifth
   * part is kept free for customers that have nothing on its way there.
   */
  @WithDefault("5")
  int firstWorkersPerDestination();

  /** Messages sent at the same time to one destination at most. */
  @WithDefault("20")
  int workersPerDestination();

  /**
   * Other limits for some destinations. The key is a domain of recipients, or the name of a mail
   * server or the end of it: {@code postroom.queue.destinations."google.com".workers=10}.
   */
  Map<String, Destination> destinations();

  /** Limits for a destination. */
  interface Destination {
    /** Messages sent at the same time to this destination at most. */
    OptionalInt workers();

    /** Messages sent to this destination in a minute at most. */
    OptionalInt messagesPerMinute();
  }

  /** Messages sent at the same time in all. */
  @WithDefault("300")
  int workers();

  /** Entries that wait in memory for one destination. */
  @WithDefault("100")
  int batch();

  /** Entries that wait in memory in all, a few for each destination not counted. */
  @WithDefault("10000")
  int claimed();

  /** A message to so many recipients elsewhere waits behind the other mail of its customer. */
  @WithDefault("50")
  int bulkRecipients();

  /** How long a shutdown waits for messages that are on their way. */
  @WithDefault("10s")
  Duration shutdownGrace();

  /**
   * After how long without success the sender is told that a message is delayed; it is told once,
   * and not at all when it asked not to be (RFC 3461 §4.1).
   */
  @WithDefault("4h")
  Duration delayWarning();

  /** Octets of the original header section that a report quotes at most. */
  @WithDefault("16384")
  int reportHeaderLimit();

  /** Messages up to this size are returned whole when the sender asks for it (RFC 3461 §4.3). */
  @WithDefault("1M")
  MemorySize reportContentLimit();
}
