package dev.postroom.routing;

import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * What a header section says about where the message has been.
 *
 * @param hops Received fields
 * @param deliveredTo the addresses of Delivered-To fields: forwarders that have sent it on
 */
record TraceFields(int hops, Set<MailAddress> deliveredTo) {
  private static final String RECEIVED = "received:";
  private static final String DELIVERED_TO = "delivered-to:";

  static TraceFields of(byte[] header) {
    int hops = 0;
    var deliveredTo = new HashSet<MailAddress>();
    for (String line :
        (Iterable<String>) new String(header, StandardCharsets.ISO_8859_1).lines()::iterator) {
      if (startsWith(line, RECEIVED)) {
        hops++;
      } else if (startsWith(line, DELIVERED_TO)) {
        add(deliveredTo, line.substring(DELIVERED_TO.length()).strip());
      }
    }
    return new TraceFields(hops, deliveredTo);
  }

  private static boolean startsWith(String line, String name) {
    return line.regionMatches(true, 0, name, 0, name.length());
  }

  private static void add(Set<MailAddress> addresses, String text) {
    try {
      addresses.add(MailAddress.parse(text).canonical());
    } catch (InvalidAddressException _) {
      // somebody else's idea of the field: none of our forwarders
    }
  }
}
