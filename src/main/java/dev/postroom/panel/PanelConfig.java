package dev.postroom.panel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * What the pages tell people to type into their mail programs. The ports are those that clients
 * reach from outside, which a firewall or a proxy may have moved.
 */
@ConfigMapping(prefix = "postroom.panel")
public interface PanelConfig {
  /** The server name for mail programs; the server's own hostname when it is not set. */
  Optional<String> clientHostname();

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

  /** How many rows a page of a list has. */
  @WithDefault("50")
  int pageSize();

  /** From this share of a limit on, in percent, the overview speaks of it. */
  @WithDefault("80")
  int warnPercent();
}
