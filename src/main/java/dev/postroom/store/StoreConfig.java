package dev.postroom.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of mailboxes, and how what they no longer hold is cleared away. */
@ConfigMapping(prefix = "postroom.store")
public interface StoreConfig {
  /** How many folders a mailbox may have. */
  @WithDefault("1000")
  int folders();

  /** How many levels a folder's name may have. */
  @WithDefault("16")
  int folderLevels();

  /** How many names a mailbox may be subscribed to. */
  @WithDefault("2000")
  int subscriptions();

  /** How many annotations (RFC 5464) a folder may have that are shared, or that are one user's. */
  @WithDefault("100")
  int annotations();

  /** How many octets the annotations of a mailbox may have in all, besides its quota. */
  @WithDefault("1M")
  MemorySize annotationOctets();

  /**
   * How many ranges of expunged UIDs are remembered for each folder. A client that was away for
   * longer gets all that are gone as one large set.
   */
  @WithDefault("1000")
  int expungedRanges();

  /** How often deleted folders and contents without messages are cleared away. */
  @WithDefault("5m")
  String sweepEvery();

  /**
   * How long the content of an expunged message stays, for clients that have not been told yet (RFC
   * 2180 §4.1).
   */
  @WithDefault("1h")
  Duration releaseAfter();

  /**
   * How many messages the folders may have in all whose tables stay in memory after the last
   * session has closed them, at 40 octets each.
   */
  @WithDefault("200000")
  long closedTables();
}
