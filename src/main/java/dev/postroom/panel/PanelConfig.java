package dev.postroom.panel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the pages show things. */
@ConfigMapping(prefix = "postroom.panel")
public interface PanelConfig {
  /** How many rows a page of a list has. */
  @WithDefault("50")
  int pageSize();

  /** From this share of a limit on, in percent, the overview speaks of it. */
  @WithDefault("80")
  int warnPercent();

  /**
   * How long the overview remembers which mailboxes of an account are the fullest: to find them,
   * all are looked at.
   */
  @WithDefault("10s")
  Duration fullestEvery();
}
