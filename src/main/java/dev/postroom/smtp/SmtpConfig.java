package dev.postroom.smtp;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Receiving mail and taking submissions. */
@ConfigMapping(prefix = "postroom.smtp")
public interface SmtpConfig {
  /** The port where other servers bring mail; 0 takes any free one, -1 opens none. */
  @WithDefault("25")
  int port();

  /** The port where users' programs send mail, with STARTTLS (RFC 6409); -1 opens none. */
  @WithDefault("587")
  int submissionPort();

  /** The port where users' programs send mail, TLS from the start (RFC 8314); -1 opens none. */
  @WithDefault("465")
  int submissionsPort();

  /**
   * The port where a mail server in front of this one hands mail over by LMTP (RFC 2033); -1 opens
   * none. As on the receiving port nobody logs in, and only mail for users here is taken.
   */
  @WithDefault("-1")
  int lmtpPort();

  /** The address to listen on for LMTP. RFC 2033 §5 wants it kept from the internet. */
  @WithDefault("127.0.0.1")
  String lmtpHost();

  /**
   * The path of a Unix socket where a mail server on the same machine hands mail over by LMTP.
   * Whoever may enter its folder may connect.
   */
  Optional<String> lmtpSocket();

  /** The largest message that is taken; announced with {@code SIZE} (RFC 1870). */
  @WithDefault("50M")
  MemorySize maxMessageSize();

  /** Recipients of one message; RFC 5321 §4.5.3.1.8 wants at least 100. */
  @WithDefault("1000")
  int maxRecipients();

  /**
   * Whether other servers may ask for reports of success and delay and for the whole content of
   * what is returned ({@code DSN}, RFC 3461). Their senders are not verified: whoever forges one
   * has the reports sent to a victim. Users and LMTP may always ask.
   */
  @WithDefault("false")
  boolean dsnForStrangers();

  /**
   * The least time that BY may give a message that is returned after it; announced with {@code
   * DELIVERBY} (RFC 2852).
   */
  @WithDefault("1m")
  Duration shortestDeliverBy();

  /**
   * How long users may have a message held back before it is sent; announced with {@code
   * FUTURERELEASE} (RFC 4865), which 0 switches off.
   */
  @WithDefault("30d")
  Duration longestHold();

  /**
   * The highest priority, from -9 to 9, that a user's message can have; a higher one that is asked
   * for with {@code MT-PRIORITY} (RFC 6710) is lowered to it.
   */
  @WithDefault("4")
  int highestPriority();

  /** Unknown commands in one connection before it is closed. */
  @WithDefault("10")
  int maxUnknownCommands();

  /** Refused commands in one connection, since the last message taken, before it is closed. */
  @WithDefault("25")
  int maxErrors();

  /** Refused recipients in one connection, since the last message taken, before it is closed. */
  @WithDefault("100")
  int maxRecipientFailures();

  /** Failed logins in one connection before it is closed. */
  @WithDefault("3")
  int maxLoginFailures();

  /** How long a silent client is waited for; RFC 5321 §4.5.3.2.7 wants five minutes at least. */
  @WithDefault("5m")
  Duration idleTimeout();

  /** How long the octets of one message may take to arrive, from DATA to the final dot. */
  @WithDefault("1h")
  Duration dataTimeout();
}
