package dev.postroom.outbound;

import dev.postroom.dns.TlsaRecord;
import dev.postroom.mail.DomainName;
import dev.postroom.outbound.TlsSession.Policy;
import dev.postroom.sts.StsAnswer;
import dev.postroom.sts.StsPolicy;
import java.util.List;
import java.util.Optional;

/**
 * How the hosts of a domain are to be talked to.
 *
 * @param sts what the domain's MTA-STS policy is
 */
record TlsPlan(DomainName domain, List<RemoteHost> hosts, StsAnswer sts) {
  TlsPlan {
    hosts = List.copyOf(hosts);
  }

  /**
   * @param fault what was wrong with a connection to that host
   */
  TlsSession session(RemoteHost host, String localIp, Optional<TlsFault> fault) {
    return switch (host.demand()) {
      case TlsDemand.Dane(var base, var records, _) ->
          session(
              host,
              localIp,
              Policy.TLSA,
              records.stream().map(TlsaRecord::toString).toList(),
              List.of(base),
              fault);
      case TlsDemand.Never(var never) when never.type() == TlsFault.Type.DNSSEC_INVALID ->
          session(host, localIp, Policy.TLSA, List.of(), List.of(), fault);
      case TlsDemand.Never _, TlsDemand.Authority _, TlsDemand.AsConfigured _ ->
          bySts(host, localIp, fault);
    };
  }

  private TlsSession bySts(RemoteHost host, String localIp, Optional<TlsFault> fault) {
    return switch (sts) {
      case StsAnswer.Found(var policy) ->
          session(
              host,
              localIp,
              Policy.STS,
              policy.text().lines().filter(line -> !line.isBlank()).toList(),
              policy.hosts(),
              fault.or(() -> notInPolicy(host, policy)));
      case StsAnswer.Unavailable(var reason, var why) ->
          session(
              host,
              localIp,
              Policy.STS,
              List.of(),
              List.of(),
              Optional.of(new TlsFault(type(reason), why)));
      case StsAnswer.None _ -> session(host, localIp, Policy.NONE, List.of(), List.of(), fault);
    };
  }

  /** In testing, mail goes there all the same. */
  private Optional<TlsFault> notInPolicy(RemoteHost host, StsPolicy policy) {
    return policy.mode() == StsPolicy.Mode.NONE || policy.names(host.name())
        ? Optional.empty()
        : Optional.of(TlsPolicies.notInPolicy(domain, host));
  }

  private static TlsFault.Type type(StsAnswer.Reason reason) {
    return switch (reason) {
      case FETCH_ERROR -> TlsFault.Type.STS_POLICY_FETCH_ERROR;
      case INVALID -> TlsFault.Type.STS_POLICY_INVALID;
      case WEBPKI_INVALID -> TlsFault.Type.STS_WEBPKI_INVALID;
    };
  }

  private TlsSession session(
      RemoteHost host,
      String localIp,
      Policy policy,
      List<String> text,
      List<String> names,
      Optional<TlsFault> fault) {
    return new TlsSession(
        domain,
        policy,
        text,
        names,
        host.name(),
        host.address().getAddress().getHostAddress(),
        localIp,
        fault);
  }
}
