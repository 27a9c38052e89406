package dev.postroom.dns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom to ask about names. */
@ConfigMapping(prefix = "postroom.dns")
public interface DnsConfig {
  /**
   * The recursive servers to ask, in this order, as {@code 192.0.2.53}, {@code 192.0.2.53:53} or
   * {@code [2001:db8::53]:53}. Without it, those of the operating system.
   */
  Optional<List<String>> servers();

  /** How long one server may take to answer before the next one is asked. */
  @WithDefault("2s")
  Duration timeout();

  /** How often the whole list of servers is gone through before it is trouble. */
  @WithDefault("2")
  int rounds();

  /** Answers kept in memory. */
  @WithDefault("20000")
  int cacheSize();

  /** For how long an answer is kept at most, whatever its TTL. */
  @WithDefault("1d")
  Duration maxTtl();

  /** For how long the absence of a name or record is kept at most (RFC 2308 §5). */
  @WithDefault("1h")
  Duration maxNegativeTtl();

  /**
   * Whether the servers validate DNSSEC and the way to them cannot be tampered with, so that their
   * AD bit counts (RFC 6840 §5.7). Only for a validating resolver on this machine or network.
   */
  @WithDefault("false")
  boolean trustAuthenticated();
}
