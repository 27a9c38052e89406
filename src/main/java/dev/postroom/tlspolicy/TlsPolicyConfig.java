package dev.postroom.tlspolicy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What domains here publish about the security of the way to them. */
@ConfigMapping(prefix = "postroom.tls-policy")
public interface TlsPolicyConfig {
  /** For how long other servers keep a policy that is enforced (RFC 8461 §3.2). */
  @WithDefault("14d")
  Duration maxAge();

  /** The same while it is tested: a mistake is soon forgotten. */
  @WithDefault("1d")
  Duration testingMaxAge();

  /**
   * The local part, in every domain that publishes a policy, of the address to which other servers
   * send their reports; a mailbox or forwarder of that name gets them instead.
   */
  @WithDefault("tls-reports")
  String reportsLocalPart();
}
