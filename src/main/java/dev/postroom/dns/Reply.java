package dev.postroom.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * What a server's message says about one question, aliases followed as far as it tells them.
 *
 * @param owner the name that the answer is about: the last of the aliases
 * @param isOpen the message ended with an alias: what {@code owner} has is to be asked
 * @param authenticated the AD bit
 * @param ttl for how long this holds; zero when it may not be kept
 */
record Reply(
    Answer<Record> answer, Name owner, boolean isOpen, boolean authenticated, Duration ttl) {
  private static final int MAX_ALIASES = 12;

  static Reply trouble(String why) {
    return new Reply(new Answer.Trouble<>(why), Name.root, false, false, Duration.ZERO);
  }

  /** Of a name that the DNS cannot hold. */
  static Reply impossible() {
    return new Reply(new Answer.NoSuchName<>(), Name.root, false, false, Duration.ZERO);
  }

  static Reply read(Question question, Message message) {
    var records = message.getSection(Section.ANSWER);
    var owner = question.name();
    long ttl = Long.MAX_VALUE;
    for (int i = 0; i < MAX_ALIASES; i++) {
      var wanted = matching(records, owner, question.type());
      if (!wanted.isEmpty()) {
        long shortest = wanted.stream().mapToLong(Record::getTTL).min().orElse(0);
        boolean authenticated = authenticated(message);
        return new Reply(
            new Answer.Found<>(wanted, authenticated),
            owner,
            false,
            authenticated,
            seconds(Math.min(ttl, shortest)));
      }
      var alias = alias(records, owner);
      if (alias == null) {
        return absent(question, owner, message, ttl);
      }
      owner = alias.getTarget().canonicalize();
      ttl = Math.min(ttl, alias.getTTL());
    }
    return trouble("too many aliases behind " + question.name());
  }

  /** The way to it was not authenticated, so it is not either. */
  Reply unauthenticated() {
    return new Reply(
        answer instanceof Answer.Found<Record>(var records, _)
            ? new Answer.Found<>(records, false)
            : answer,
        owner,
        isOpen,
        false,
        ttl);
  }

  /** RFC 2308 §2: neither records nor a further alias. */
  private static Reply absent(Question question, Name owner, Message message, long aliasTtl) {
    long ttl = Math.min(aliasTtl, negativeTtl(message));
    if (message.getRcode() == Rcode.NXDOMAIN) {
      return new Reply(
          new Answer.NoSuchName<>(), owner, false, authenticated(message), seconds(ttl));
    }
    boolean isOpen = !owner.equals(question.name()) && negativeTtl(message) == 0;
    return new Reply(
        new Answer.NoData<>(),
        owner,
        isOpen,
        authenticated(message),
        seconds(isOpen ? aliasTtl : ttl));
  }

  private static boolean authenticated(Message message) {
    return message.getHeader().getFlag(Flags.AD);
  }

  /** RFC 2308 §5: from the SOA record; without one the answer is not kept. */
  private static long negativeTtl(Message message) {
    return message.getSection(Section.AUTHORITY).stream()
        .filter(SOARecord.class::isInstance)
        .map(SOARecord.class::cast)
        .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
        .findFirst()
        .orElse(0);
  }

  private static List<Record> matching(List<Record> records, Name owner, int type) {
    var matching = new ArrayList<Record>();
    for (var candidate : records) {
      if (candidate.getType() == type && candidate.getName().equals(owner)) {
        matching.add(candidate);
      }
    }
    return matching;
  }

  private static @org.jspecify.annotations.Nullable CNAMERecord alias(
      List<Record> records, Name owner) {
    for (var candidate : records) {
      if (candidate instanceof CNAMERecord cname && cname.getName().equals(owner)) {
        return cname;
      }
    }
    return null;
  }

  private static Duration seconds(long ttl) {
    return Duration.ofSeconds(ttl == Long.MAX_VALUE ? 0 : ttl);
  }
}
