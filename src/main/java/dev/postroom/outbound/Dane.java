package dev.postroom.outbound;

import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.dns.TlsaRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What the DNS says about a host's certificate, as far as it is signed (RFC 7672 §2). */
@ApplicationScoped
class Dane {
  private final Resolver resolver;

  Dane(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Empty when the host has no TLSA records, or nothing vouches for them.
   *
   * @param host whose name and addresses are authenticated
   * @param domain the domain of the recipients
   */
  Optional<TlsDemand> demand(RemoteHost host, String domain) {
    var canonical = resolver.canonicalName(host.name());
    var names = new LinkedHashSet<String>(List.of(canonical, host.name()));
    for (var name : names) {
      // RFC 7672 §2.2.3: where the aliases end first, then the name itself
      switch (resolver.tlsa("_" + host.address().getPort() + "._tcp." + name)) {
        case Answer.Found<TlsaRecord>(var records, var authenticated) when authenticated -> {
          return Optional.of(demand(name, records, List.of(name, host.name(), domain)));
        }
        case Answer.Trouble<TlsaRecord>(var why) -> {
          // RFC 7672 §2.1.2: as long as they are hidden, the host is not used
          return Optional.of(
              new TlsDemand.Never(
                  new TlsFault(
                      TlsFault.Type.DNSSEC_INVALID, "no TLSA records of " + name + ": " + why)));
        }
        case Answer.Found<TlsaRecord> _,
            Answer.NoData<TlsaRecord> _,
            Answer.NoSuchName<TlsaRecord> _ -> {}
      }
    }
    return Optional.empty();
  }

  private static TlsDemand demand(String base, List<TlsaRecord> records, List<String> names) {
    var usable = new ArrayList<>(records.stream().filter(DaneMatch::isUsable).toList());
    usable.sort(java.util.Comparator.comparing(TlsaRecord::toString)); // equal sets are equal
    return new TlsDemand.Dane(base, usable, names.stream().distinct().toList());
  }
}
