package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.sts.StsAnswer;
import dev.postroom.sts.StsPolicy;
import java.util.Collection;
import java.util.List;

/** A message that no server may be given without verified TLS (RFC 8689 §4.2.1). */
final class RequireTls {
  /** RFC 8689 §8: REQUIRETLS support required. */
  static final EnhancedStatus NOT_SUPPORTED = new EnhancedStatus(5, 7, 30);

  /** RFC 5248: encryption needed. */
  static final EnhancedStatus NO_SECURITY = new EnhancedStatus(5, 7, 10);

  private static final TlsDemand.Authority AUTHORITY = new TlsDemand.Authority(true, "REQUIRETLS");

  private RequireTls() {}

  static List<RemoteHost> demanded(TlsPlan plan) {
    return plan.hosts().stream().map(host -> host.with(demand(host, plan.sts()))).toList();
  }

  private static TlsDemand demand(RemoteHost host, StsAnswer sts) {
    return switch (host.demand()) {
      case TlsDemand.Dane dane when !dane.records().isEmpty() -> dane;
      case TlsDemand.Never never -> never;
      case TlsDemand.Authority authority when authority.enforced() -> authority;
      case TlsDemand.Dane _, TlsDemand.Authority _, TlsDemand.AsConfigured _ ->
          isNameKnown(host, sts)
              ? AUTHORITY
              : new TlsDemand.Never(
                  new TlsFault(
                      TlsFault.Type.VALIDATION_FAILURE,
                      "nothing answers for "
                          + host.name()
                          + " being the right server: neither DNSSEC nor MTA-STS"));
    };
  }

  /** Whether somebody other than unsigned DNS says that this is the host. */
  private static boolean isNameKnown(RemoteHost host, StsAnswer sts) {
    return host.isConfigured()
        || host.isAuthenticated()
        || (sts instanceof StsAnswer.Found(var policy)
            && policy.mode() == StsPolicy.Mode.ENFORCE
            && policy.names(host.name()));
  }

  /** RFC 8689 §4.2.1: another host of the domain may offer what this one does not. */
  static boolean isRefusal(Collection<Attempt> attempts) {
    return attempts.stream()
        .allMatch(
            attempt ->
                attempt instanceof Attempt.Refused(_, var status, _)
                    && status.equals(NOT_SUPPORTED));
  }

  /** A server that takes it must promise to do likewise. */
  static boolean isLacking(Shipment shipment, Extensions offered) {
    return shipment.options().requireTls() && !offered.requireTls();
  }
}
