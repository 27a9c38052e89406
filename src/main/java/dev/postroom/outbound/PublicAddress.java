package dev.postroom.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells the Internet's addresses from those of a machine and its neighbours. */
final class PublicAddress {
  private static final int UNIQUE_LOCAL = 0xfc; // RFC 4193 §3.1
  private static final int UNIQUE_LOCAL_MASK = 0xfe;
  private static final int SHARED = 100; // RFC 6598 §7
  private static final int SHARED_SECOND = 64;
  private static final int SHARED_MASK = 0xc0;

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    var octets = address.getAddress();
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isMulticastAddress()
        && !(address instanceof Inet6Address && (octets[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL)
        && !(octets[0] == 0)
        && !(octets[0] == SHARED && (octets[1] & SHARED_MASK) == SHARED_SECOND);
  }
}
