package dev.postroom.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/** The recursive servers, asked one after the other until one answers. */
final class Servers {
  private static final Logger LOG = Logger.getLogger(Servers.class);
  private static final int PORT = 53;
  // Fits every path without fragments; longer answers come over TCP.
  private static final int UDP_PAYLOAD = 1232;

  private final List<SimpleResolver> servers;
  private final int rounds;

  Servers(List<InetSocketAddress> addresses, Duration timeout, int rounds) {
    this.servers = addresses.stream().map(address -> client(address, timeout)).toList();
    this.rounds = rounds;
  }

  static Servers of(DnsConfig config) {
    var addresses =
        config
            .servers()
            .map(list -> list.stream().map(Servers::address).toList())
            .orElseGet(() -> ResolverConfig.getCurrentConfig().servers());
    return new Servers(addresses, config.timeout(), config.rounds());
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

  private static SimpleResolver client(InetSocketAddress address, Duration timeout) {
    var client = new SimpleResolver(address);
    client.setTimeout(timeout);
    client.setEDNS(0, UDP_PAYLOAD, 0, List.of());
    return client;
  }

  Reply ask(Question question) {
    var why = "no DNS server is configured";
    for (int round = 0; round < rounds; round++) {
      for (var server : servers) {
        try {
          var message = server.sendAsync(query(question)).toCompletableFuture().join();
          if (isUsable(message)) {
            return Reply.read(question, message);
          }
          why = server.getAddress() + " answered " + Rcode.string(message.getRcode());
        } catch (CompletionException | CancellationException failed) {
          why = server.getAddress() + ": " + reason(failed);
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

  private static String reason(Exception failed) {
    var cause = failed.getCause() == null ? failed : failed.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
