package dev.postroom.sts;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the MTA-STS policies of other domains are found. */
@ConfigMapping(prefix = "postroom.sts")
public interface StsConfig {
  /** Whether other domains' policies are asked for and kept to. */
  @WithDefault("true")
  boolean enabled();

  /** The port of policy hosts. */
  @WithDefault("443")
  int port();

  /** How long fetching a policy may take in all; a message waits for it. */
  @WithDefault("30s")
  Duration timeout();

  /** The longest policy that is read. */
  @WithDefault("64K")
  MemorySize maxPolicy();

  /** For how long a policy that could not be fetched is not asked for again (RFC 8461 §3.3). */
  @WithDefault("5m")
  Duration retryAfter();

  /** A policy in use is fetched anew after this time, long before it expires (RFC 8461 §10.2). */
  @WithDefault("1d")
  Duration refreshAfter();

  /** How long what the database has of a domain is kept in memory. */
  @WithDefault("5m")
  Duration memoryTime();

  /** Domains whose policy, or its absence, is kept in memory. */
  @WithDefault("20000")
  int memorySize();
}
