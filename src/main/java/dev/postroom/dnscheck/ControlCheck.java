package dev.postroom.dnscheck;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Viewer;
import dev.postroom.dns.Answer;
import dev.postroom.dns.MxRecord;
import dev.postroom.dns.Resolver;
import dev.postroom.dnscheck.ControlResult.DnsTrouble;
import dev.postroom.dnscheck.ControlResult.Evidence;
import dev.postroom.dnscheck.ControlResult.NotYet;
import dev.postroom.dnscheck.ControlResult.Proven;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks in the DNS for proof that whoever added a domain controls it. Calls wait for the DNS: not
 * on an event loop, and outside a transaction.
 */
@ApplicationScoped
public class ControlCheck {
  private static final String LABEL = "_postroom.";
  private static final String KEY = "postroom-verification=";

  private final Domains domains;
  private final Resolver resolver;
  private final OwnNames ownNames;

  ControlCheck(Domains domains, Resolver resolver, OwnNames ownNames) {
    this.domains = domains;
    this.resolver = resolver;
    this.ownNames = ownNames;
  }

  /** The name of the TXT record that proves control. */
  public static String tokenName(DomainInfo domain) {
    return LABEL + domain.name().ascii();
  }

  /** The text of the TXT record that proves control. */
  public static String tokenValue(DomainInfo domain) {
    return KEY + domain.controlToken();
  }

  /** Asks the DNS anew; a domain whose control is seen takes mail from now on. */
  public ControlResult check(Viewer viewer, long domainId) {
    var domain = domains.find(viewer, domainId);
    var dns = resolver.anew();
    var result = look(domain, dns.txt(tokenName(domain)), dns.mx(domain.name().ascii()));
    if (result instanceof Proven) {
      domains.proven(viewer, domainId);
    }
    return result;
  }

  private ControlResult look(DomainInfo domain, Answer<String> texts, Answer<MxRecord> exchanges) {
    if (texts.recordsOrNone().stream().anyMatch(text -> text.strip().equals(tokenValue(domain)))) {
      return new Proven(Evidence.TOKEN);
    }
    if (exchanges.recordsOrNone().stream().anyMatch(mx -> ownNames.contains(mx.exchange()))) {
      return new Proven(Evidence.MX);
    }
    if (texts instanceof Answer.Trouble<String>(var why)) {
      return new DnsTrouble(why);
    }
    if (exchanges instanceof Answer.Trouble<MxRecord>(var why)) {
      return new DnsTrouble(why);
    }
    return new NotYet(found(domain, texts, exchanges), advice(domain));
  }

  private static String found(DomainInfo domain, Answer<String> texts, Answer<MxRecord> exchanges) {
    var text =
        texts.recordsOrNone().isEmpty()
            ? "There is no TXT record " + tokenName(domain)
            : "The TXT record "
                + tokenName(domain)
                + " says "
                + texts.recordsOrNone().stream().collect(Collectors.joining("', '", "'", "'"));
    return text + ", and " + mailGoes(exchanges) + ".";
  }

  private static String mailGoes(Answer<MxRecord> exchanges) {
    var hosts = exchanges.recordsOrNone().stream().map(MxRecord::exchange).toList();
    return switch (exchanges) {
      case Answer.NoSuchName<MxRecord> _ -> "the domain itself is not in the DNS";
      case Answer.Found<MxRecord> _ when !hosts.equals(List.of("")) ->
          "its mail goes to " + String.join(", ", hosts);
      case Answer.Found<MxRecord> _, Answer.NoData<MxRecord> _, Answer.Trouble<MxRecord> _ ->
          "it has no mail exchanger (MX)";
    };
  }

  private String advice(DomainInfo domain) {
    return "Publish the TXT record "
        + tokenName(domain)
        + " with the text '"
        + tokenValue(domain)
        + "', or an MX record that points to "
        + ownNames.hostname()
        + "; then check again. A new record can take some minutes to be seen.";
  }
}
