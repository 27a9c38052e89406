package dev.postroom.dns;

import java.net.InetAddress;

/** Asks the DNS. Calls block for at most the configured time; answers are cached for their TTL. */
public interface Resolver {
  Answer<MxRecord> mx(String name);

  /** A and AAAA together. */
  Answer<InetAddress> addresses(String name);

  /** TXT records, the strings of each joined (RFC 7208 §3.3). */
  Answer<String> txt(String name);

  /** What a host's certificate must be (RFC 6698), by the name that begins with the port. */
  Answer<TlsaRecord> tlsa(String name);

  /** Where the aliases of a host end; the host itself when it is none (RFC 1034 §3.6.2). */
  String canonicalName(String host);

  /** Host names of an address (RFC 1035 §3.5), without final dots. */
  Answer<String> ptr(InetAddress address);

  /**
   * The same, but every question is asked anew: for a person who has just changed a record. Servers
   * on the way may still have an older answer.
   */
  default Resolver anew() {
    return this;
  }
}
