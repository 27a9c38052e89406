package dev.postroom.outbound;

import dev.postroom.mail.DomainName;
import dev.postroom.sts.StsAnswer;
import dev.postroom.sts.StsPolicies;
import dev.postroom.sts.StsPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What each host of a domain must show before it gets mail. DANE goes before MTA-STS (RFC 8461 §2),
 * host by host; a host that the configuration names is asked for neither.
 */
@ApplicationScoped
class TlsPolicies {
  private final Dane dane;
  private final StsPolicies sts;
  private final OutboundConfig config;

  TlsPolicies(Dane dane, StsPolicies sts, OutboundConfig config) {
    this.dane = dane;
    this.sts = sts;
    this.config = config;
  }

  /**
   * @throws dev.postroom.sts.StoreUnavailableException when a policy may exist and cannot be known
   */
  TlsPlan plan(DomainName domain, List<RemoteHost> hosts) {
    if (config.tls() == TlsMode.NEVER || hosts.stream().allMatch(RemoteHost::isConfigured)) {
      return new TlsPlan(domain, hosts, new StsAnswer.None());
    }
    var answer = sts.of(domain);
    return new TlsPlan(
        domain,
        hosts.stream().map(host -> host.with(demand(domain, host, answer))).toList(),
        answer);
  }

  private TlsDemand demand(DomainName domain, RemoteHost host, StsAnswer answer) {
    var signed =
        host.isAuthenticated()
            ? dane.demand(host, domain.ascii())
            : java.util.Optional.<TlsDemand>empty();
    return signed.orElseGet(
        () ->
            answer instanceof StsAnswer.Found(var policy)
                ? demand(domain, host, policy)
                : TlsDemand.AS_CONFIGURED);
  }

  private static TlsDemand demand(DomainName domain, RemoteHost host, StsPolicy policy) {
    return switch (policy.mode()) {
      case NONE -> TlsDemand.AS_CONFIGURED;
      case TESTING -> new TlsDemand.Authority(false, "MTA-STS");
      case ENFORCE ->
          policy.names(host.name())
              ? new TlsDemand.Authority(true, "MTA-STS")
              : new TlsDemand.Never(notInPolicy(domain, host));
    };
  }

  /** RFC 8461 §4.1: no certificate makes up for it. */
  static TlsFault notInPolicy(DomainName domain, RemoteHost host) {
    return new TlsFault(
        TlsFault.Type.VALIDATION_FAILURE,
        host.name() + " is not a mail server of " + domain + " by its MTA-STS policy");
  }
}
