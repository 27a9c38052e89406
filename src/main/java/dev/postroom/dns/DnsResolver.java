package dev.postroom.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Asks the configured servers and keeps their answers for as long as these may be kept.
 *
 * <p>Threads: callers wait; a question is on its way once, however many callers have it. Each runs
 * on a virtual thread of its own, and dnsjava moves the packets.
 */
@ApplicationScoped
class DnsResolver implements Resolver {
  private static final int MAX_INDIRECTIONS = 8;

  /** So that a server that is away is not asked a thousand times a second (RFC 2308 §7.1). */
  private static final Duration TROUBLE_TTL = Duration.ofSeconds(1);

  private final Servers servers;
  private final DnsConfig config;
  private final AsyncCache<Question, Reply> cache;
  private final MeterRegistry meters;
  private final boolean forgetful;

  @Inject
  DnsResolver(DnsConfig config, Clock clock, MeterRegistry meters) {
    this.servers = Servers.of(config);
    this.config = config;
    this.meters = meters;
    this.forgetful = false;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(config.cacheSize())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.<Question, Reply>creating((_, reply) -> kept(reply)))
            .buildAsync();
  }

  private DnsResolver(DnsResolver other) {
    this.servers = other.servers;
    this.config = other.config;
    this.cache = other.cache;
    this.meters = other.meters;
    this.forgetful = true;
  }

  @Override
  public Resolver anew() {
    return new DnsResolver(this);
  }

  @Override
  public Answer<MxRecord> mx(String name) {
    return typed(lookUp(name, Type.MX), MXRecord.class, DnsResolver::mxRecord);
  }

  @Override
  public Answer<InetAddress> addresses(String name) {
    var four = ask(name, Type.A);
    var six = ask(name, Type.AAAA);
    return together(
        typed(follow(four.join(), Type.A).answer(), ARecord.class, ARecord::getAddress),
        typed(follow(six.join(), Type.AAAA).answer(), AAAARecord.class, AAAARecord::getAddress));
  }

  @Override
  public String canonicalName(String host) {
    var reply = follow(ask(host, Type.A).join(), Type.A);
    return reply.answer() instanceof Answer.Trouble || reply.owner().equals(Name.root)
        ? host
        : host(reply.owner());
  }

  @Override
  public Answer<TlsaRecord> tlsa(String name) {
    return typed(lookUp(name, Type.TLSA), TLSARecord.class, DnsResolver::tlsaRecord);
  }

  @Override
  public Answer<String> txt(String name) {
    return typed(lookUp(name, Type.TXT), TXTRecord.class, DnsResolver::joined);
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    var name = ReverseMap.fromAddress(address).toString();
    return typed(lookUp(name, Type.PTR), PTRRecord.class, ptr -> host(ptr.getTarget()));
  }

  private Answer<Record> lookUp(String name, int type) {
    return follow(ask(name, type).join(), type).answer();
  }

  /** A server that does not follow an alias itself leaves that to us. */
  private Reply follow(Reply first, int type) {
    var reply = first;
    for (int i = 0; i < MAX_INDIRECTIONS; i++) {
      if (!reply.isOpen()) {
        return reply;
      }
      var next = ask(new Question(reply.owner(), type)).join();
      reply = reply.authenticated() ? next : next.unauthenticated();
    }
    return Reply.trouble("aliases without end");
  }

  private CompletableFuture<Reply> ask(String name, int type) {
    return Question.of(name, type)
        .map(this::ask)
        .orElseGet(() -> CompletableFuture.completedFuture(Reply.impossible()));
  }

  private CompletableFuture<Reply> ask(Question question) {
    if (forgetful) {
      cache.synchronous().invalidate(question);
    }
    return cache.get(
        question,
        (asked, _) ->
            CompletableFuture.supplyAsync(() -> fetch(asked), Thread::startVirtualThread));
  }

  private Reply fetch(Question question) {
    var started = System.nanoTime();
    var reply = servers.ask(question);
    meters
        .timer("postroom.dns.questions", "outcome", outcome(reply.answer()))
        .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    return reply;
  }

  private static String outcome(Answer<?> answer) {
    return answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private Duration kept(Reply reply) {
    return switch (reply.answer()) {
      case Answer.Found<Record> _ -> shorter(reply.ttl(), config.maxTtl());
      case Answer.NoData<Record> _, Answer.NoSuchName<Record> _ ->
          shorter(reply.ttl(), config.maxNegativeTtl());
      case Answer.Trouble<Record> _ -> TROUBLE_TTL;
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private <R extends Record, T> Answer<T> typed(
      Answer<Record> answer, Class<R> type, Function<R, T> value) {
    return switch (answer) {
      case Answer.Found<Record>(var records, var authenticated) ->
          new Answer.Found<>(
              records.stream().map(type::cast).map(value).toList(),
              authenticated && config.dnssec() != Dnssec.OFF);
      case Answer.NoData<Record> _ -> new Answer.NoData<>();
      case Answer.NoSuchName<Record> _ -> new Answer.NoSuchName<>();
      case Answer.Trouble<Record>(var why) -> new Answer.Trouble<>(why);
    };
  }

  /** Addresses of one family are enough; trouble with the other must not hide that it may exist. */
  private static Answer<InetAddress> together(Answer<InetAddress> four, Answer<InetAddress> six) {
    var all = new ArrayList<InetAddress>(four.recordsOrNone());
    all.addAll(six.recordsOrNone());
    if (!all.isEmpty()) {
      return new Answer.Found<>(List.copyOf(all), authenticated(four) && authenticated(six));
    }
    if (trouble(four) instanceof String why) {
      return new Answer.Trouble<>(why);
    }
    if (trouble(six) instanceof String why) {
      return new Answer.Trouble<>(why);
    }
    return four;
  }

  private static boolean authenticated(Answer<?> answer) {
    return !(answer instanceof Answer.Found<?> found) || found.authenticated();
  }

  private static @Nullable String trouble(Answer<?> answer) {
    return answer instanceof Answer.Trouble<?>(var why) ? why : null;
  }

  private static MxRecord mxRecord(MXRecord mx) {
    return new MxRecord(mx.getPriority(), host(mx.getTarget()));
  }

  private static TlsaRecord tlsaRecord(TLSARecord tlsa) {
    return TlsaRecord.of(
        tlsa.getCertificateUsage(),
        tlsa.getSelector(),
        tlsa.getMatchingType(),
        tlsa.getCertificateAssociationData());
  }

  /** RFC 7208 §3.3: the strings of one record are joined without anything between. */
  private static String joined(TXTRecord txt) {
    var octets = new java.io.ByteArrayOutputStream();
    for (var string : txt.getStringsAsByteArrays()) {
      octets.writeBytes(string);
    }
    return octets.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** In lower case without the final dot; empty for the root (RFC 7505 §3). */
  private static String host(Name name) {
    return name.toString(true).equals(".") ? "" : name.canonicalize().toString(true);
  }
}
