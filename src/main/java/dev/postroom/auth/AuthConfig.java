package dev.postroom.auth;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How passwords are hashed and guesses are slowed down. */
@ConfigMapping(prefix = "postroom.auth")
public interface AuthConfig {
  /** How much a hash of a password costs. */
  Argon2 argon2();

  /** How many hashes run at the same time; by default one for each processor. */
  OptionalInt parallelHashes();

  /** The keys with which mailboxes sign in by SCRAM-SHA-256. */
  Scram scram();

  /** How long a password that was found right is not hashed again. */
  @WithDefault("5m")
  Duration loginCacheTime();

  /** How many good passwords are remembered (as keyed hashes). */
  @WithDefault("100000")
  long loginCacheSize();

  /** When logins are turned away unchecked. */
  Throttle throttle();

  /** The parameters of Argon2id (RFC 9106); older hashes are renewed at the next login. */
  interface Argon2 {
    /** The memory that one hash fills. */
    @WithDefault("19M")
    MemorySize memory();

    /** How often it passes over that memory. */
    @WithDefault("2")
    int iterations();

    /** The number of lanes. */
    @WithDefault("1")
    int parallelism();
  }

  /** SCRAM-SHA-256 (RFC 7677) and SCRAM-SHA-256-PLUS. */
  interface Scram {
    /**
     * Whether SCRAM is offered, and keys for it are kept (encrypted under the server's secret) when
     * a password is set. Keys that were kept before go at the next login.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * How many rounds of PBKDF2 the keys take, at each login for the client, too; 4096 at least
     * (RFC 7677 §4). Some clients refuse more than 65536. A mailbox keeps its number until its next
     * login by password: after a change, who asks can tell it from names that are unknown.
     */
    @WithDefault("32768")
    int iterations();
  }

  /** Failures are counted over a sliding window. */
  interface Throttle {
    /** The length of the window. */
    @WithDefault("10m")
    Duration window();

    /** How many failures a client address (an IPv6 /64) may have in the window. */
    @WithDefault("20")
    int addressFailures();

    /**
     * How many failures a name may have in the window, from all addresses together. Addresses from
     * which that name signed in well before are not held to it.
     */
    @WithDefault("100")
    int nameFailures();

    /** How many failures a name may have from one address, even one where it signed in before. */
    @WithDefault("20")
    int nameFailuresFromAddress();

    /** How long an address is remembered after a good login from it. */
    @WithDefault("30d")
    Duration rememberAddress();

    /** How many addresses and names are counted at the same time. */
    @WithDefault("100000")
    long size();
  }
}
