package dev.postroom.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is remembered who did what. */
@ConfigMapping(prefix = "postroom.audit")
public interface AuditConfig {
  /** Older entries are removed; {@code 0s} keeps all. */
  @WithDefault("365d")
  Duration retention();

  /** When old entries are removed, as a Quartz cron expression; {@code off} for never. */
  @WithDefault("0 41 3 * * ?")
  String schedule();

  /** Entries removed in one transaction. */
  @WithDefault("1000")
  int batch();
}
