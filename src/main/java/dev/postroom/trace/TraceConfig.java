package dev.postroom.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is remembered of messages, and for how long. */
@ConfigMapping(prefix = "postroom.trace")
public interface TraceConfig {
  /** Whether what happens to messages is written down at all. */
  @WithDefault("true")
  boolean enabled();

  /** For how many days, the present one not counted; older days are dropped whole. */
  @WithDefault("30")
  int keepDays();

  /** Whether subjects are kept, for lists that are easier to read; they are what people write. */
  @WithDefault("false")
  boolean subjects();

  /** Events that wait in memory at most; more are lost, and counted, while the database is away. */
  @WithDefault("50000")
  int buffer();

  /** Events that are written in one transaction, or a few more. */
  @WithDefault("1000")
  int batch();

  /** How long an event waits at most for others to be written with. */
  @WithDefault("1s")
  Duration writeEvery();
}
