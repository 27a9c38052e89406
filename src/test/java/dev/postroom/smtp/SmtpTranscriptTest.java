package dev.postroom.smtp;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Groups;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Role;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.TranscriptRun;
import dev.postroom.testing.TranscriptServer;
import dev.postroom.testing.TranscriptSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;

/** The transcripts of port 25, of the two submission ports, and of LMTP. */
@PostroomTest
class SmtpTranscriptTest {
  private static final long TINY = 200;
  private static final String OVER_TLS = "smtp-over-tls";

  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Domains domains;
  @Inject Forwarders forwarders;
  @Inject Groups groups;
  @Inject Listeners listeners;
  @Inject SmtpServer server;

  @ParameterizedTest
  @TranscriptSource("smtp")
  void mailIsReceivedAsWritten(TranscriptRun run) throws IOException {
    run.hold(server(Service.RECEIVING.label(), portOverTls()), variables());
  }

  @ParameterizedTest
  @TranscriptSource("submission")
  void mailIsSubmittedAsWritten(TranscriptRun run) throws IOException {
    run.hold(server(Service.SUBMISSION.label(), port(Service.SUBMISSIONS.label())), variables());
  }

  @ParameterizedTest
  @TranscriptSource("lmtp")
  void mailIsHandedOverAsWritten(TranscriptRun run) throws IOException {
    run.hold(server(Service.LMTP.label(), portOverTls()), variables());
  }

  private TranscriptServer server(String service, int tlsPort) {
    return new TranscriptServer(
        port(service), tlsPort, PostroomServer.certificates().clientContext());
  }

  private int port(String service) {
    return open(service).orElseThrow().port();
  }

  private Optional<Listeners.Open> open(String service) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(service))
        .findFirst();
  }

  /**
   * RFC 3207 is how port 25 becomes secure; the same conversations are held in TLS all the same.
   */
  private int portOverTls() {
    return open(OVER_TLS)
        .orElseGet(
            () ->
                listeners.open(
                    new Listeners.Endpoint(OVER_TLS, "::", 0, true),
                    "",
                    wire -> new SmtpSession(wire, Service.RECEIVING, server.context()).hold()))
        .port();
  }

  private Map<String, String> variables() {
    var domain = fixtures.domain();
    var name = domain.name().ascii();
    fixtures.mailbox(domain, "ann");
    fixtures.mailbox(domain, "ben");
    fixtures.mailbox(domain, "postmaster");
    fixtures.forwarder(domain, "team", "ann@" + name, "ben@" + name);
    fixtures.forwarder(domain, "out", "someone@elsewhere.test");
    fixtures.forwarder(domain, "circle", "circle2@" + name);
    fixtures.forwarder(domain, "circle2", "circle@" + name);
    fixtures.forwarder(domain, "lost", "gone@" + name);
    mailboxes.create(Viewer.SERVER, domain.id(), "full", "", TINY);
    otherAddresses(domain);
    suspend(domain, "off", new Suspension(false, false, true, "moving"));
    suspend(domain, "muted", new Suspension(false, true, false, "unpaid"));
    suspend(domain, "locked", new Suspension(true, false, false, "stolen"));
    var all =
        new HashMap<>(
            Map.of(
                "domain", name,
                "unproven", unproven(),
                "user", base64("ann@" + name),
                "password", base64(Fixtures.PASSWORD),
                "plain", plain("ann@" + name),
                "mutedPlain", plain("muted@" + name),
                "lockedPlain", plain("locked@" + name),
                "x1300", "x".repeat(1300),
                "received99", "Received: from x by y; date\\r\\n".repeat(99)));
    all.put("x101", "x".repeat(101));
    all.put("tomorrow", Instant.now().plus(1, ChronoUnit.DAYS).toString());
    all.putAll(limits());
    return all;
  }

  /** Of an alias, in groups, and one who has not agreed yet to what is forwarded. */
  private void otherAddresses(DomainInfo domain) {
    var name = domain.name().ascii();
    var owner = new Viewer.Person(domain.accountId(), Role.CUSTOMER, domain.accountLogin());
    var alias = domains.create(Viewer.SERVER, DomainName.of("alias-" + name), domain.accountId());
    domains.alias(owner, alias.id(), domain.name());
    var everyone = new Groups.Plan(true, List.of(), GroupSenders.DOMAIN);
    groups.create(owner, domain.id(), "all", everyone);
    var ben = List.of(MailAddress.parse("ben@" + name));
    groups.create(owner, domain.id(), "board", new Groups.Plan(false, ben, GroupSenders.MEMBERS));
    groups.create(owner, domain.id(), "info", new Groups.Plan(false, ben, GroupSenders.ANYONE));
    var stranger = List.of(MailAddress.parse(fixtures.unique("stranger") + "@elsewhere.test"));
    forwarders.create(owner, domain.id(), "waiting", stranger, false);
  }

  private void suspend(DomainInfo domain, String localPart, Suspension suspension) {
    var mailbox = fixtures.mailbox(domain, localPart);
    mailboxes.suspend(Viewer.SERVER, mailbox.id(), suspension);
  }

  private String unproven() {
    var customer = fixtures.customer();
    var name = DomainName.of(fixtures.unique("unproven") + ".test");
    return domains.create(customer, name, null).name().ascii();
  }

  private Map<String, String> limits() {
    long none = PlanLimits.UNLIMITED;
    var plan = new PlanLimits(none, none, none, none, 3, none, 2);
    var each = new SendingLimits(none, none, 3, none);
    return Map.of(
        "limitedPlain",
        plain(limited(plan)),
        "fewPlain",
        plain(limited(PlanLimits.NONE.withSending(SendingLimits.NONE, each))),
        "nonePlain",
        plain(
            limited(
                PlanLimits.NONE.withSending(
                    SendingLimits.NONE, new SendingLimits(0, none, none, none)))));
  }

  private String limited(PlanLimits limits) {
    var domain = fixtures.domain(fixtures.customer(limits));
    return fixtures.mailbox(domain, "limited").address().toString();
  }

  private static String plain(String user) {
    return base64("\0" + user + "\0" + Fixtures.PASSWORD);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
