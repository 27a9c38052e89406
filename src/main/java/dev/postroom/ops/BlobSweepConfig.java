package dev.postroom.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When blobs are removed that no message and no queue entry needs. */
@ConfigMapping(prefix = "postroom.ops.blob-sweep")
public interface BlobSweepConfig {
  /** When to look, as a Quartz cron expression; {@code off} for never. */
  @WithDefault("0 23 3 * * ?")
  String schedule();

  /**
   * Younger blobs stay, whatever refers to them: the transaction that will may not have committed.
   */
  @WithDefault("24h")
  Duration minimumAge();
}
