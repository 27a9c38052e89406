package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.DirectoryConfig;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Groups;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.net.Listeners;
import dev.postroom.store.MailStore;
import dev.postroom.store.UidSet;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.SmtpPartner;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where mail for details, aliases of domains and groups ends, and how reports come back. */
@PostroomTest
class AddressesTest {
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Groups groups;
  @Inject DirectoryConfig config;
  @Inject Listeners listeners;
  @Inject MailStore store;
  @Inject Inboxes inboxes;

  private Viewer.Person owner;
  private DomainInfo domain;
  private String ours;
  private long ann;

  @BeforeEach
  void aDomain() {
    domain = fixtures.domain();
    owner = new Viewer.Person(domain.accountId(), Role.CUSTOMER, domain.accountLogin());
    ours = domain.name().ascii();
    ann = fixtures.mailbox(domain, "ann").id();
  }

  private int port(Service service) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(service.label()))
        .findFirst()
        .orElseThrow()
        .port();
  }

  private static void send(Talk talk, String from, String... recipients) throws IOException {
    talk.expect(250, "MAIL FROM:<" + from + ">");
    for (var recipient : recipients) {
      talk.expect(250, "RCPT TO:<" + recipient + ">");
    }
    talk.expect(354, "DATA");
    talk.expect(250, "From: <" + from + ">\r\nSubject: x\r\n\r\nbody\r\n.");
  }

  private void receive(String from, String... recipients) throws IOException {
    try (var talk = Talk.with(port(Service.RECEIVING))) {
      talk.expect(250, "EHLO there.test");
      send(talk, from, recipients);
    }
  }

  private void submit(String login, String from, String... recipients) throws IOException {
    var trust = PostroomServer.certificates().clientContext();
    try (var talk = Talk.overTls(port(Service.SUBMISSIONS), trust)) {
      talk.expect(250, "EHLO there.test");
      var plain = ("\0" + login + "\0" + Fixtures.PASSWORD).getBytes(StandardCharsets.UTF_8);
      talk.expect(235, "AUTH PLAIN " + Base64.getEncoder().encodeToString(plain));
      send(talk, from, recipients);
    }
  }

  private int in(String folder) {
    var mailbox = store.open(ann);
    return mailbox
        .folder(folder)
        .map(found -> mailbox.messages(found.id(), UidSet.ALL).size())
        .orElse(0);
  }

  @Test
  void aDetailLeadsToItsFolderWhenTheMailboxHasOneAndWantsIt() throws IOException {
    store.open(ann).create("Shop", null);
    receive("me@author.test", "ann+shop@" + ours);
    assertThat(in("INBOX")).isEqualTo(1);
    mailboxes.fileByDetail(owner, ann, true);
    receive("me@author.test", "ann+shop@" + ours);
    receive("me@author.test", "ANN+SHOP@" + ours);
    assertThat(in("Shop")).isEqualTo(2);
    for (var detail : new String[] {"other", "inbox", "trash", ""}) {
      receive("me@author.test", "ann+" + detail + "@" + ours);
    }
    assertThat(in("INBOX")).isEqualTo(5);
    assertThat(in("Shop")).isEqualTo(2);
    assertThat(in("Trash")).isZero();
    // the first way counts: no copy in two folders
    receive("me@author.test", "ann+shop@" + ours, "ann@" + ours, "ann+other@" + ours);
    assertThat(in("Shop")).isEqualTo(3);
    assertThat(in("INBOX")).isEqualTo(5);
    var usage = store.usage(List.of(ann)).getOrDefault(ann, Usage.EMPTY);
    assertThat(usage.messages()).isEqualTo(8);
  }

  @Test
  void mailBetweenDomainsHereNeedsNoDns() throws IOException {
    var other = fixtures.domain();
    long cho = fixtures.mailbox(other, "cho").id();
    submit("ann@" + ours, "ann+list@" + ours, "cho+x@" + other.name());
    assertThat(inboxes.newest(cho)).startsWith("Return-Path: <ann+list@" + ours + ">\r\n");
  }

  @Test
  void aReportOfForwardedMailFindsTheWayBackThroughAnAliasAndADetail() throws IOException {
    var alias = fixtures.domain(owner);
    domains.alias(owner, alias.id(), domain.name());
    var theirs = fixtures.unique("beyond") + ".test";
    PostroomServer.dns().mx(theirs, 10, "mx." + theirs).address("mx." + theirs, "127.0.0.1");
    fixtures.forwarder(domain, "out", "cho@" + theirs);
    var other = fixtures.domain();
    long author = fixtures.mailbox(other, "author").id();

    receive("author+tag@" + other.name(), "out+x@" + alias.name());
    var sent = await(theirs);
    assertThat(sent.from()).startsWith("SRS0=").endsWith("=author+tag@" + ours);
    assertThat(sent.content()).startsWith("Delivered-To: out@" + ours + "\r\n");
    receive("", sent.from());
    receive("", sent.from().replace("@" + ours, "@" + alias.name()));
    assertThat(inboxes.count(author)).isEqualTo(2);

    // forged: another author under the same mark
    try (var talk = Talk.with(port(Service.RECEIVING))) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<>");
      talk.expect(550, "RCPT TO:<" + sent.from().replace("author+tag", "victim") + ">");
    }
  }

  private static SmtpPartner.Received await(String theirs) {
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !remote(theirs).isEmpty());
    return remote(theirs).getFirst();
  }

  private static List<SmtpPartner.Received> remote(String theirs) {
    return PostroomServer.partner().messages().stream()
        .filter(message -> message.to().stream().anyMatch(to -> to.endsWith("@" + theirs)))
        .toList();
  }

  @Test
  void aGroupReachesEachOfItsMembersOnce() throws IOException {
    var all = new ArrayList<Long>(List.of(ann));
    for (int i = 0; i < 300; i++) {
      all.add(mailboxes.create(owner, domain.id(), "m" + i, "", null).id());
    }
    groups.create(owner, domain.id(), "all", new Groups.Plan(true, List.of(), GroupSenders.DOMAIN));
    fixtures.forwarder(domain, "way", "all@" + ours, "ann@" + ours);
    submit("ann@" + ours, "ann@" + ours, "all@" + ours, "m7@" + ours, "way@" + ours);
    for (long mailbox : all) {
      assertThat(inboxes.count(mailbox)).isEqualTo(1);
    }
    assertThat(config.groupMembers()).isGreaterThan(all.size());
  }
}
