package dev.postroom.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A set of IP networks, IPv4 and IPv6. */
record Networks(List<Network> networks) {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** The addresses whose first {@code bits} bits are those of {@code address}. */
  @SuppressWarnings("ArrayRecordComponent") // compared bit by bit, never by equals
  record Network(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      int whole = bits / 8;
      if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      return rest == 0
          || (address[whole] & 0xff) >> (8 - rest) == (other[whole] & 0xff) >> (8 - rest);
    }
  }

  /**
   * @param notations {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or single addresses
   * @throws IllegalArgumentException when one cannot be read
   */
  static Networks parse(List<String> notations) {
    var networks = new ArrayList<Network>();
    for (var notation : notations) {
      networks.add(parse(notation.strip()));
    }
    return new Networks(List.copyOf(networks));
  }

  private static Network parse(String notation) {
    int slash = notation.indexOf('/');
    var literal = slash < 0 ? notation : notation.substring(0, slash);
    try {
      if (!LITERAL.matcher(literal).matches()) {
        throw new IllegalArgumentException("not an address: " + literal);
      }
      var address = InetAddress.ofLiteral(literal).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(notation.substring(slash + 1));
      if (bits < 0 || bits > address.length * 8) {
        throw new IllegalArgumentException("a prefix of " + bits + " bits");
      }
      return new Network(address, bits);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "not a network (write 192.0.2.0/24 or 2001:db8::/32): " + notation, wrong);
    }
  }

  boolean contains(InetAddress address) {
    var octets = address.getAddress();
    return networks.stream().anyMatch(network -> network.contains(octets));
  }
}
