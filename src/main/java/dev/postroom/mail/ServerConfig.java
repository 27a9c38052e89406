package dev.postroom.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Who this server is. */
@ConfigMapping(prefix = "postroom.server")
public interface ServerConfig {
  /** The name that this server gives itself in greetings, EHLO and Received lines. */
  @WithDefault("localhost")
  String hostname();

  /**
   * Other names of this server that MX records may carry. An MX record with one of them points
   * here.
   */
  Optional<List<String>> otherNames();

  /**
   * Where mail to {@code postmaster} of a domain goes that has no such mailbox (RFC 5321 §4.5.1).
   */
  Optional<String> postmaster();

  /**
   * A random text of at least 32 characters from which keys are derived: SRS, SCRAM. The same on
   * every node; changing it invalidates SRS addresses given out before, and SCRAM logins fail until
   * the next one by password.
   */
  String secret();

  /**
   * Secrets that were in use before the present one: return addresses made with them are still
   * good. Leave one here for three weeks after it was replaced.
   */
  Optional<List<String>> formerSecrets();

  /**
   * Where people reach the panel, for links in mails: {@code https://panel.example.org}. The
   * server's hostname over HTTPS when it is not set.
   */
  Optional<String> panelUrl();
}
