package dev.postroom.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** The recursive servers, asked one after the other until one answers. */
final class Servers {
  private static final Logger LOG = Logger.getLogger(Servers.class);
  private static final int PORT = 53;
  // Fits every path without fragments; longer answers come over TCP.
  private static final int UDP_PAYLOAD = 1232;

  private final List<Server> servers;
  private final int rounds;

  private record Server(InetSocketAddress address, Resolver client) {}

  private Servers(List<Server> servers, int rounds) {
    this.servers = servers;
    this.rounds = rounds;
  }

  static Servers of(DnsConfig config) {
    var addresses =
        config
            .servers()
            .map(list -> list.stream().map(Servers::address).toList())
            .orElseGet(() -> ResolverConfig.getCurrentConfig().servers());
    return new Servers(
        addresses.stream().map(address -> new Server(address, client(address, config))).toList(),
        config.rounds());
  }

  /** Reads {@code host}, {@code host:port}, {@code [v6]:port} or a bare IPv6 address. */
  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
    try {
      var host = hasPort ? text.substring(0, colon) : text;
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : PORT;
      return new InetSocketAddress(InetAddress.getByName(host.replaceAll("[\\[\\]]", "")), port);
    } catch (UnknownHostException | IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "postroom.dns.servers: '" + text + "' is not an address with an optional port",
          malformed);
    }
  }

  private static Resolver client(InetSocketAddress address, DnsConfig config) {
    var client = new SimpleResolver(address);
    client.setTimeout(config.timeout());
    client.setEDNS(0, UDP_PAYLOAD, 0, List.of());
    return config.dnssec() == Dnssec.VALIDATE ? TrustAnchors.validating(client, config) : client;
  }

  Reply ask(Question question) {
    var why = "no DNS server is configured";
    for (int round = 0; round < rounds; round++) {
      for (var server : servers) {
        try {
          var message = server.client().sendAsync(query(question)).toCompletableFuture().join();
          if (isUsable(message)) {
            return Reply.read(question, message);
          }
          why = server.address() + " answered " + rcode(message);
        } catch (CompletionException | CancellationException failed) {
          why = server.address() + ": " + reason(failed);
        }
        LOG.debugf("%s: %s", question, why);
      }
    }
    return Reply.trouble(why);
  }

  private static Message query(Question question) {
    var query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    // RFC 6840 §5.7: asks the server to tell whether it validated, without the records to do so.
    query.getHeader().setFlag(Flags.AD);
    return query;
  }

  private static boolean isUsable(Message message) {
    return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
  }

  /** With what is said about it: validation that failed is SERVFAIL too (RFC 8914). */
  private static String rcode(Message message) {
    var code = Rcode.string(message.getRcode());
    return message.getSection(Section.ADDITIONAL).stream()
        .filter(TXTRecord.class::isInstance)
        .filter(reason -> reason.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
        .findFirst()
        .map(reason -> code + " (DNSSEC: " + reason.rdataToString() + ")")
        .orElse(code);
  }

  private static String reason(Exception failed) {
    var cause = failed.getCause() == null ? failed : failed.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
