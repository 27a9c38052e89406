package dev.postroom.outbound;

import dev.postroom.mail.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * How the security of one connection turned out, for reports to the domain (RFC 8460 §4).
 *
 * @param policyText the policy, line by line; empty where none was found
 * @param policyHosts the hosts that it names
 * @param localIp empty when no connection came about
 */
public record TlsSession(
    DomainName domain,
    Policy policy,
    List<String> policyText,
    List<String> policyHosts,
    String host,
    String remoteIp,
    String localIp,
    Optional<TlsFault> fault) {
  /** The policy types of RFC 8460 §4.4. */
  public enum Policy {
    TLSA("tlsa"),
    STS("sts"),
    NONE("no-policy-found");

    private final String text;

    Policy(String text) {
      this.text = text;
    }

    /** As reports write it. */
    public String text() {
      return text;
    }
  }

  public TlsSession {
    policyText = List.copyOf(policyText);
    policyHosts = List.copyOf(policyHosts);
  }
}
