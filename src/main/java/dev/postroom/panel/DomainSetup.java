package dev.postroom.panel;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Viewer;
import dev.postroom.dnscheck.ControlCheck;
import dev.postroom.dnscheck.ControlResult;
import dev.postroom.dnscheck.RecordCheck;
import dev.postroom.dnscheck.WantedRecord;
import dev.postroom.mail.ServerConfig;
import dev.postroom.web.Notice;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What somebody has to publish for a domain, and what was found, in plain words. */
@ApplicationScoped
class DomainSetup {
  private static final int MX_PREFERENCE = 10;

  /** The two records that show control: either will do. */
  record Records(String txtName, String txtValue, String mxName, int mxPreference, String mxHost) {}

  /**
   * A record that should be published, in words.
   *
   * @param tone of the badge
   */
  record Wanted(String purpose, String tone, String state, WantedRecord record) {}

  private final ControlCheck control;
  private final RecordCheck check;
  private final ServerConfig server;

  DomainSetup(ControlCheck control, RecordCheck check, ServerConfig server) {
    this.control = control;
    this.check = check;
    this.server = server;
  }

  Records records(DomainInfo domain) {
    return new Records(
        ControlCheck.tokenName(domain),
        ControlCheck.tokenValue(domain),
        domain.name().ascii(),
        MX_PREFERENCE,
        server.hostname());
  }

  Notice check(Viewer viewer, long domainId) {
    return switch (control.check(viewer, domainId)) {
      case ControlResult.Proven(var evidence) ->
          Notice.good(
              switch (evidence) {
                case TOKEN -> "The TXT record is there. The domain takes mail from now on.";
                case MX -> "The MX record points here. The domain takes mail from now on.";
              });
      case ControlResult.NotYet(var found, var advice) ->
          Notice.warning("Not yet. " + found + " " + advice);
      case ControlResult.DnsTrouble _ ->
          Notice.warning(
              "The DNS did not answer, so nothing is known yet. Please check again in a minute.");
    };
  }

  /** Asks the DNS, which takes a moment. */
  List<Wanted> wanted(Viewer viewer, long domainId) {
    return check.records(viewer, domainId).stream().map(DomainSetup::inWords).toList();
  }

  private static Wanted inWords(WantedRecord record) {
    var purpose =
        switch (record.purpose()) {
          case CONTROL -> "Shows that the domain is yours";
          case RECEIVE -> "Brings mail for the domain here";
          case SEND -> "Lets other servers trust mail that you send from here (SPF)";
          case POLICY_HOST ->
              "Where other servers read how mail to you must be protected (MTA-STS)";
          case POLICY -> "Tells other servers that mail to you must be protected (MTA-STS)";
          case REPORTS -> "Where other servers report whether the protection works";
          case CERTIFICATE -> "Describes this server's certificate (DANE; only in a signed zone)";
        };
    return switch (record.state()) {
      case PUBLISHED -> new Wanted(purpose, "good", "Published", record);
      case MISSING -> new Wanted(purpose, "warn", "Missing", record);
      case DIFFERS -> new Wanted(purpose, "warn", "Different", record);
      case UNKNOWN -> new Wanted(purpose, "", "The DNS did not answer", record);
    };
  }
}
