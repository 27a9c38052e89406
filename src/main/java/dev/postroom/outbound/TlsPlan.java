package dev.postroom.outbound;

import dev.postroom.sts.StsAnswer;
import java.util.List;

/**
 * How the hosts of a domain are to be talked to.
 *
 * @param sts what the domain's MTA-STS policy is, for reports
 */
record TlsPlan(List<RemoteHost> hosts, StsAnswer sts) {
  TlsPlan {
    hosts = List.copyOf(hosts);
  }
}
