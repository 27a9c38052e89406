package dev.postroom.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How other servers are reached. */
@ConfigMapping(prefix = "postroom.outbound")
public interface OutboundConfig {
  /** The port on which other servers take mail. */
  @WithDefault("25")
  int port();

  /**
   * Where mail for a domain goes without asking the DNS, as {@code host:port}: {@code
   * postroom.outbound.routes."example.net"=192.0.2.25:25}.
   */
  Map<String, String> routes();

  /** A server, as {@code host:port}, that takes all mail without a route of its own. */
  Optional<String> relayHost();

  /** The name with which to log in to the relay host. */
  Optional<String> relayUser();

  /** The password for the relay host. */
  Optional<String> relayPassword();

  /** Encryption towards the relay host; without it, verified when there is a login. */
  Optional<TlsMode> relayTls();

  /**
   * Addresses of this machine from which the mail of some customers may be made to leave, each with
   * the name that the DNS has for it: {@code
   * postroom.outbound.sources."192.0.2.7"=mx7.example.net}.
   */
  Map<String, String> sources();

  /** Encryption towards all other servers. */
  @WithDefault("opportunistic")
  TlsMode tls();

  /** Whether IPv6 addresses of a host are tried before its IPv4 addresses. */
  @WithDefault("false")
  boolean preferIpv6();

  /** Addresses that one attempt tries at most (RFC 5321 §5.1: at least two). */
  @WithDefault("8")
  int addressesPerAttempt();

  /** How long to wait for a connection. */
  @WithDefault("30s")
  Duration connectTimeout();

  /** Connections with a transaction on them, to one address. */
  @WithDefault("20")
  int connectionsPerHost();

  /** How long a connection is kept open for the next message. */
  @WithDefault("3s")
  Duration idleTime();

  /** Messages over one connection, before it is ended. */
  @WithDefault("100")
  int messagesPerConnection();

  /** Recipients of one transaction (RFC 5321 §4.5.3.1.8: servers take at least 100). */
  @WithDefault("100")
  int recipientsPerTransaction();

  /** From how many octets on a message goes in chunks, where the other server takes CHUNKING. */
  @WithDefault("1000000")
  long chunkedFrom();

  /** How long to wait for the other server's answers. */
  Timeouts timeouts();

  /** The time limits of RFC 5321 §4.5.3.2. */
  interface Timeouts {
    /** For the greeting, and for the answer to EHLO, STARTTLS, AUTH and RSET. */
    @WithDefault("5m")
    Duration greeting();

    /** For the answers to MAIL and RCPT. */
    @WithDefault("5m")
    Duration envelope();

    /** For the answer to DATA. */
    @WithDefault("2m")
    Duration dataStart();

    /** For the other server to take a part of the content. */
    @WithDefault("3m")
    Duration dataBlock();

    /** For the answer to the end of the content. */
    @WithDefault("10m")
    Duration dataEnd();
  }
}
