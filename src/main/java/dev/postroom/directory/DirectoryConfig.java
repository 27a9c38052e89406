package dev.postroom.directory;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the directory allows. */
@ConfigMapping(prefix = "postroom.directory")
public interface DirectoryConfig {
  /** The quota of a new mailbox for which none was asked. */
  @WithDefault("1G")
  MemorySize defaultQuota();

  /** How many targets a forwarder may have. */
  @WithDefault("100")
  int forwarderTargets();

  /** With how many others a mailbox may be shared. */
  @WithDefault("200")
  int sharesPerMailbox();

  /**
   * How long what is known of a recipient or a sender is kept in memory. A change made on this node
   * is seen at once, one made on another node after this time.
   */
  @WithDefault("5s")
  Duration recipientCacheTime();

  /** How many recipient addresses are kept in memory, and how many senders. */
  @WithDefault("50000")
  long recipientCacheSize();
}
