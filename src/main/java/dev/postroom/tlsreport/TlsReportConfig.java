package dev.postroom.tlsreport;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Reports on the security of connections (RFC 8460). */
@ConfigMapping(prefix = "postroom.tls-reports")
public interface TlsReportConfig {
  /** Whether domains that ask for reports get them. */
  @WithDefault("true")
  boolean enabled();

  /** Who reports, in the words of the operator; the hostname when it is not set. */
  Optional<String> organization();

  /** The address at which the operator answers questions; postmaster of the hostname without it. */
  Optional<String> contact();

  /** How long after the end of a day (UTC) its reports are sent at the earliest. */
  @WithDefault("1h")
  Duration sendAfter();

  /** Over how much time after that they are spread (RFC 8460 §4.1: four hours at most). */
  @WithDefault("3h")
  Duration spread();

  /** How often it is looked whether reports are due. */
  @WithDefault("10m")
  Duration lookEvery();

  /** For how long a report is tried to be written when the DNS does not say where it goes. */
  @WithDefault("2d")
  Duration giveUpAfter();

  /** How long taking a report to one place over HTTPS may take. */
  @WithDefault("30s")
  Duration timeout();

  /** The largest report of another server that is read, unpacked. */
  @WithDefault("5M")
  MemorySize maxReport();

  /** How many reports about one domain are kept in 24 hours. */
  @WithDefault("500")
  int reportsADay();

  /** For how long reports of other servers are kept. */
  @WithDefault("90d")
  Duration keep();

  /** Different outcomes counted in memory between two writes; what is beyond is not reported. */
  @WithDefault("20000")
  int outcomesInMemory();
}
