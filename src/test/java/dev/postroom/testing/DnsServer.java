package dev.postroom.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A real DNS server on loopback, UDP and TCP on the same port, that answers what a test tells it to
 * and notes what it was asked. Answers have TTL 0 unless a test says otherwise, so that a change
 * counts at once. A name that was never mentioned does not exist.
 */
public final class DnsServer implements AutoCloseable {
  /** What it does with questions about a name. */
  public enum Behaviour {
    ANSWER,
    SILENT,
    SERVFAIL,
    /** Over UDP it only says that there is more (TC). */
    TRUNCATE
  }

  /** A question that it heard. */
  public record Asked(String name, String type, boolean tcp) {}

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
  private final Map<Name, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Behaviour.ANSWER;
  private volatile boolean authenticates;
  private volatile boolean followsAliases = true;
  private volatile long ttl;
  private volatile long negativeTtl;

  private DnsServer(DatagramSocket udp, ServerSocket tcp) {
    this.udp = udp;
    this.tcp = tcp;
  }

  public static DnsServer start() throws IOException {
    var loopback = InetAddress.getByName("127.0.0.1");
    while (true) {
      var tcp = new ServerSocket(0, 50, loopback);
      try {
        var server = new DnsServer(new DatagramSocket(tcp.getLocalPort(), loopback), tcp);
        Thread.ofVirtual().start(server::serveUdp);
        Thread.ofVirtual().start(server::serveTcp);
        return server;
      } catch (IOException takenForUdp) {
        tcp.close();
      }
    }
  }

  public int port() {
    return tcp.getLocalPort();
  }

  /** What {@code postroom.dns.servers} takes. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  public DnsServer mx(String domain, int preference, String exchange) {
    return record(domain, "MX", preference + " " + absolute(exchange));
  }

  /** A or AAAA, by the form of the address. */
  public DnsServer address(String host, String address) {
    return record(host, address.contains(":") ? "AAAA" : "A", address);
  }

  public DnsServer txt(String name, String text) {
    return record(name, "TXT", "\"" + text + "\"");
  }

  public DnsServer cname(String alias, String target) {
    return record(alias, "CNAME", absolute(target));
  }

  public DnsServer ptr(InetAddress address, String host) {
    return record(ReverseMap.fromAddress(address).toString(true), "PTR", absolute(host));
  }

  /** Any record, its data as in a zone file. */
  public DnsServer record(String name, String type, String data) {
    try {
      var owner = name(name);
      exists(name);
      var entry = Record.fromString(owner, Type.value(type), DClass.IN, ttl, data, Name.root);
      records.get(owner).add(entry);
      return this;
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** The name exists, perhaps without records. */
  public DnsServer exists(String name) {
    records.computeIfAbsent(name(name), _ -> new CopyOnWriteArrayList<>());
    return this;
  }

  /** The name and its records are gone. */
  public DnsServer remove(String name) {
    records.remove(name(name));
    behaviours.remove(name(name));
    return this;
  }

  public DnsServer behave(String name, Behaviour behaviour) {
    behaviours.put(name(name), behaviour);
    return this;
  }

  /** For every name without a behaviour of its own. */
  public DnsServer behave(Behaviour behaviour) {
    this.behaviour = behaviour;
    return this;
  }

  /** Of records that are added from now on. */
  public DnsServer ttl(long seconds) {
    ttl = seconds;
    return this;
  }

  /** For how long absence may be kept; 0 sends no SOA record. */
  public DnsServer negativeTtl(long seconds) {
    negativeTtl = seconds;
    return this;
  }

  /** Sets the AD bit, as a validating resolver does. */
  public DnsServer authenticates(boolean yes) {
    authenticates = yes;
    return this;
  }

  /** Whether it adds what an alias leads to. */
  public DnsServer followsAliases(boolean yes) {
    followsAliases = yes;
    return this;
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public List<Asked> asked(String name) {
    return asked.stream().filter(question -> question.name().equals(name)).toList();
  }

  private void serveUdp() {
    var buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        var answer = answer(query, false);
        if (answer != null) {
          var octets = answer.toWire(1232);
          udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
      } catch (IOException closedOrMalformed) {
        // the loop ends when the socket is closed
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        var connection = tcp.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        // the loop ends
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new DataInputStream(connection.getInputStream());
      var out = new DataOutputStream(connection.getOutputStream());
      while (true) {
        var query = new Message(in.readNBytes(in.readUnsignedShort()));
        var answer = answer(query, true);
        if (answer != null) {
          var octets = answer.toWire(65535);
          out.writeShort(octets.length);
          out.write(octets);
        }
      }
    } catch (IOException ended) {
      // the client has what it wanted
    }
  }

  /** Null for silence. */
  private Message answer(Message query, boolean overTcp) {
    var question = query.getQuestion();
    var name = question.getName().canonicalize();
    asked.add(new Asked(name.toString(true), Type.string(question.getType()), overTcp));
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    answer.addRecord(question, Section.QUESTION);
    return switch (behaviours.getOrDefault(name, behaviour)) {
      case SILENT -> null;
      case SERVFAIL -> failed(answer);
      case TRUNCATE -> overTcp ? filled(answer, name, question.getType()) : truncated(answer);
      case ANSWER -> filled(answer, name, question.getType());
    };
  }

  private static Message failed(Message answer) {
    answer.getHeader().setRcode(Rcode.SERVFAIL);
    return answer;
  }

  private static Message truncated(Message answer) {
    answer.getHeader().setFlag(Flags.TC);
    return answer;
  }

  private Message filled(Message answer, Name name, int type) {
    if (authenticates) {
      answer.getHeader().setFlag(Flags.AD);
    }
    var owner = name;
    for (int i = 0; i < 20; i++) {
      var alias = records(owner, Type.CNAME);
      if (alias.isEmpty() || type == Type.CNAME) {
        break;
      }
      answer.addRecord(alias.getFirst(), Section.ANSWER);
      owner = ((org.xbill.DNS.CNAMERecord) alias.getFirst()).getTarget().canonicalize();
      if (!followsAliases) {
        return answer;
      }
    }
    var found = records(owner, type);
    found.forEach(entry -> answer.addRecord(entry, Section.ANSWER));
    if (found.isEmpty()) {
      absent(answer, owner);
    }
    return answer;
  }

  private void absent(Message answer, Name owner) {
    if (!records.containsKey(owner)) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    if (negativeTtl > 0) {
      answer.addRecord(
          new SOARecord(
              Name.root, DClass.IN, negativeTtl, Name.root, Name.root, 1, 60, 60, 60, negativeTtl),
          Section.AUTHORITY);
    }
  }

  private List<Record> records(Name owner, int type) {
    return records.getOrDefault(owner, List.of()).stream()
        .filter(entry -> entry.getType() == type)
        .toList();
  }

  private static String absolute(String host) {
    return host.endsWith(".") ? host : host + ".";
  }

  private static Name name(String text) {
    return Name.fromConstantString(absolute(text)).canonicalize();
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException alreadyClosed) {
      // nothing left to close
    }
  }
}
