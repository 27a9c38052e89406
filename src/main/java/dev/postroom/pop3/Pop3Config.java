package dev.postroom.pop3;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The POP3 service. */
@ConfigMapping(prefix = "postroom.pop3")
public interface Pop3Config {
  /** The port that begins in plain text and offers STLS; -1 switches it off. */
  @WithDefault("110")
  int port();

  /** The port with TLS from the first octet on; -1 switches it off. */
  @WithDefault("995")
  int tlsPort();

  /** Whether passwords are taken over connections without TLS, for everybody on the way to read. */
  @WithDefault("false")
  boolean plaintextLogin();

  /** How long a client may be silent; RFC 1939 §3 asks for at least ten minutes. */
  @WithDefault("10m")
  Duration idleTimeout();

  /** How many failed logins end a connection. */
  @WithDefault("3")
  int failedLogins();

  /** How long the answer to a failed login is held back. */
  @WithDefault("2s")
  Duration failureDelay();

  /** How many commands that make no sense end a connection. */
  @WithDefault("20")
  int badCommands();
}
