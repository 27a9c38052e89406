package dev.postroom.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How messages are put where they go. */
@ConfigMapping(prefix = "postroom.routing")
public interface RoutingConfig {
  /**
   * Transactions that deliver at the same time; what arrives meanwhile goes together into the next.
   */
  @WithDefault("2")
  int transactions();

  /**
   * Copies of messages that share one transaction at most; a message for more recipients than that
   * has one for itself.
   */
  @WithDefault("100")
  int copiesPerTransaction();
}
