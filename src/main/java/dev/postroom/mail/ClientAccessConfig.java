package dev.postroom.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Where mail programs reach this server: what people are told to type in, and what programs are
 * told that ask. The ports are those seen from outside, which a firewall or a proxy may have moved.
 */
@ConfigMapping(prefix = "postroom.client-access")
public interface ClientAccessConfig {
  /** The server name for mail programs; the server's own hostname when it is not set. */
  Optional<String> hostname();

  /** The published port of IMAP with STARTTLS. */
  @WithDefault("143")
  int imapPort();

  /** The published port of IMAP over TLS. */
  @WithDefault("993")
  int imapsPort();

  /** The published port of POP3 with STARTTLS. */
  @WithDefault("110")
  int pop3Port();

  /** The published port of POP3 over TLS. */
  @WithDefault("995")
  int pop3sPort();

  /** The published port of submission with STARTTLS. */
  @WithDefault("587")
  int submissionPort();

  /** The published port of submission over TLS. */
  @WithDefault("465")
  int submissionsPort();
}
