package dev.postroom.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Relay hosts and own addresses of customers. */
@ConfigMapping(prefix = "postroom.egress")
public interface EgressConfig {
  /** Whether customers may choose a relay host for their domains. Resellers always may. */
  @WithDefault("false")
  boolean customersMayChoose();

  /** How long it may take until another node follows a change. */
  @WithDefault("10s")
  Duration refresh();
}
