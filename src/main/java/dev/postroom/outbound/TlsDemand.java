package dev.postroom.outbound;

import dev.postroom.dns.TlsaRecord;
import java.util.List;

/**
 * What a connection to one host must be, by what the domain has published. Two connections with
 * equal demands serve for each other.
 */
sealed interface TlsDemand {
  /** Nothing was published, or a route goes past it: the settings say. */
  record AsConfigured() implements TlsDemand {}

  /** A certificate for the host's name from an authority: MTA-STS (RFC 8461 §4), REQUIRETLS. */
  record Authority(boolean enforced, String by) implements TlsDemand {}

  /**
   * A certificate as the DNS describes it (RFC 7672 §3).
   *
   * @param baseName where the records are; also the name in SNI
   * @param names that a certificate under a trust anchor may be made out to (§3.2.2)
   */
  record Dane(String baseName, List<TlsaRecord> records, List<String> names) implements TlsDemand {
    public Dane {
      records = List.copyOf(records);
      names = List.copyOf(names);
    }
  }

  /** The host must not be talked to. */
  record Never(TlsFault fault) implements TlsDemand {}

  TlsDemand AS_CONFIGURED = new AsConfigured();

  /** Whether a connection that is not so must not be used. */
  default boolean isEnforced() {
    return switch (this) {
      case AsConfigured _ -> false;
      case Authority authority -> authority.enforced();
      case Dane _, Never _ -> true;
    };
  }
}
