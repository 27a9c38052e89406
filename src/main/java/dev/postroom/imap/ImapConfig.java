package dev.postroom.imap;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The IMAP service. */
@ConfigMapping(prefix = "postroom.imap")
public interface ImapConfig {
  /** The port for IMAP with STARTTLS; 0 takes any free port, -1 switches it off. */
  @WithDefault("143")
  int port();

  /** The port for IMAP over TLS (RFC 8314); 0 takes any free port, -1 switches it off. */
  @WithDefault("993")
  int tlsPort();

  /** Whether passwords are taken without TLS. Everyone on the way can then read them. */
  @WithDefault("false")
  boolean plaintextLogin();

  /** How long a client may be silent before it has signed in. */
  @WithDefault("90s")
  Duration loginTimeout();

  /**
   * How long a client may be silent after it has signed in; at least 30 minutes (RFC 3501 §5.4).
   */
  @WithDefault("31m")
  Duration idleTimeout();

  /**
   * How often an IDLE client hears that the server is still there, so that routers keep the way.
   */
  @WithDefault("5m")
  Duration stillHere();

  /** How often it is asked whether a user who has signed in is suspended or removed meanwhile. */
  @WithDefault("1m")
  Duration welcomeCheck();

  /** The largest message that APPEND takes. */
  @WithDefault("50M")
  MemorySize appendLimit();

  /**
   * So many messages are worked on by one FETCH, SEARCH, STORE, COPY, MOVE, UID EXPUNGE or APPEND,
   * announced as MESSAGELIMIT (RFC 9738); at least 1000.
   */
  @WithDefault("1000000")
  int messageLimit();

  /** The longest value of an annotation (RFC 5464). */
  @WithDefault("16K")
  MemorySize annotationSize();

  /**
   * So many changes of folders wait to be told to a client that listens to them (RFC 5465). Of more
   * it only hears that they are too many, and no more.
   */
  @WithDefault("1000")
  int notifyBacklog();

  /** The longest command, all its literals but APPEND's message included. */
  @WithDefault("64K")
  MemorySize maxCommand();

  /** The longest command of a client that has not signed in. */
  @WithDefault("8K")
  MemorySize maxLoginCommand();

  /** After so many commands in a row that are none, the connection is closed. */
  @WithDefault("20")
  int maxBadCommands();

  /** After so many failed logins, the connection is closed. */
  @WithDefault("3")
  int maxFailedLogins();

  /** How much memory the ENVELOPEs that were asked for last may take. */
  @WithDefault("16M")
  MemorySize envelopeCache();

  /** How much memory From, To, Cc, Bcc and Subject of the messages searched last may take. */
  @WithDefault("16M")
  MemorySize fieldCache();

  /** How often the client is told how far a command is that takes long (RFC 9585). */
  @WithDefault("10s")
  Duration progress();

  /** How much memory what SORT compared last, of each message, may take. */
  @WithDefault("16M")
  MemorySize sortCache();
}
