package dev.postroom.dns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
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
   * Who validates DNSSEC: {@code off} nobody, so there is no DANE; {@code servers} those asked,
   * whose AD bit counts (RFC 6840 §5.7), only for a validating resolver on this machine or network;
   * {@code validate} this process, with any server that hands out signatures.
   */
  @WithDefault("off")
  Dnssec dnssec();

  /**
   * A file of DS or DNSKEY records to validate from, for {@code validate}. Without it, those of the
   * root zone.
   */
  Optional<Path> trustAnchors();
}
