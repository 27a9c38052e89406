package dev.postroom.dnscheck;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Viewer;
import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.dnscheck.WantedRecord.Purpose;
import dev.postroom.dnscheck.WantedRecord.State;
import dev.postroom.sts.StsPolicy;
import dev.postroom.tlspolicy.PublishedPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The records that a domain should publish, compared with those that it does. */
@ApplicationScoped
public class RecordCheck {
  private static final int PREFERENCE = 10;
  private static final String SPF = "v=spf1";

  private final Domains domains;
  private final Resolver resolver;
  private final OwnNames ownNames;
  private final PublishedPolicies policies;
  private final SecurityRecords security;

  RecordCheck(
      Domains domains,
      Resolver resolver,
      OwnNames ownNames,
      PublishedPolicies policies,
      SecurityRecords security) {
    this.policies = policies;
    this.security = security;
    this.domains = domains;
    this.resolver = resolver;
    this.ownNames = ownNames;
  }

  /** Asks the DNS anew; waits for it, so not on an event loop. */
  public List<WantedRecord> records(Viewer viewer, long domainId) {
    var domain = domains.find(viewer, domainId);
    var dns = resolver.anew();
    var records = new ArrayList<WantedRecord>();
    if (!domain.takesMail()) {
      records.add(control(domain, dns));
    }
    var exchanger = exchanger(domain, dns);
    records.add(exchanger);
    records.add(sender(domain, dns, exchanger.state() == State.PUBLISHED));
    policies
        .find(viewer, domainId)
        .filter(policy -> policy.mode() != StsPolicy.Mode.NONE)
        .ifPresent(policy -> records.addAll(security.records(policy, dns)));
    return List.copyOf(records);
  }

  private static WantedRecord control(DomainInfo domain, Resolver dns) {
    var name = ControlCheck.tokenName(domain);
    var value = ControlCheck.tokenValue(domain);
    var answer = dns.txt(name);
    return compared(
        Purpose.CONTROL, name, "TXT", value, answer, answer.recordsOrNone(), value::equals);
  }

  private WantedRecord exchanger(DomainInfo domain, Resolver dns) {
    var name = domain.name().ascii();
    var answer = dns.mx(name);
    var found =
        answer.recordsOrNone().stream()
            .sorted()
            .map(mx -> mx.preference() + " " + (mx.exchange().isEmpty() ? "." : mx.exchange()))
            .toList();
    return compared(
        Purpose.RECEIVE,
        name,
        "MX",
        PREFERENCE + " " + ownNames.hostname(),
        answer,
        found,
        mx -> ownNames.contains(mx.substring(mx.indexOf(' ') + 1)));
  }

  private WantedRecord sender(DomainInfo domain, Resolver dns, boolean mxIsHere) {
    var name = domain.name().ascii();
    var answer = dns.txt(name);
    var found = answer.recordsOrNone().stream().filter(RecordCheck::isSpf).toList();
    return compared(
        Purpose.SEND,
        name,
        "TXT",
        SPF + " mx a:" + ownNames.hostname() + " ~all",
        answer,
        found,
        spf ->
            found.size() == 1 && namesThisServer(spf, mxIsHere)); // RFC 7208 §4.5: two are an error
  }

  /** RFC 7208 §4.5: the version, then a space or the end. */
  private static boolean isSpf(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return lower.equals(SPF) || lower.startsWith(SPF + " ");
  }

  /** Whether a mechanism covers this server by name; what addresses cover is not looked into. */
  private boolean namesThisServer(String spf, boolean mxIsHere) {
    return Arrays.stream(spf.toLowerCase(Locale.ROOT).split(" ", -1))
        .map(term -> term.startsWith("+") ? term.substring(1) : term)
        .anyMatch(
            term ->
                (mxIsHere && term.equals("mx"))
                    || (term.startsWith("a:") && ownNames.contains(term.substring(2))));
  }

  static WantedRecord compared(
      Purpose purpose,
      String name,
      String type,
      String value,
      Answer<?> answer,
      List<String> found,
      Predicate<String> isRight) {
    return new WantedRecord(purpose, name, type, value, state(answer, found, isRight), found);
  }

  private static State state(Answer<?> answer, List<String> found, Predicate<String> isRight) {
    if (answer instanceof Answer.Trouble<?>) {
      return State.UNKNOWN;
    }
    if (found.stream().anyMatch(isRight)) {
      return State.PUBLISHED;
    }
    return found.isEmpty() ? State.MISSING : State.DIFFERS;
  }
}
