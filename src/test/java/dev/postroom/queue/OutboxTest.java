package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.store.MailStore;
import dev.postroom.testing.DnsServer.Behaviour;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.SmtpPartner;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@PostroomTest
class OutboxTest {
  private static final String MAIL = "Subject: hello\r\n\r\nHow are you?\r\n";

  @Inject Outbox outbox;
  @Inject Blobs blobs;
  @Inject MailStore store;
  @Inject Fixtures fixtures;
  @Inject Dispatcher dispatcher;

  /** A domain elsewhere, at the other server. */
  private String elsewhere() {
    var domain = fixtures.unique("elsewhere") + ".example";
    var host = "mx." + domain;
    PostroomServer.dns().mx(domain, 10, host).address(host, "127.0.0.1");
    return domain;
  }

  /** A domain whose mail stays in the queue. */
  private String unknown() {
    var domain = fixtures.unique("unknown") + ".example";
    PostroomServer.dns().behave(domain, Behaviour.SERVFAIL);
    return domain;
  }

  private Outgoing message(String from, String to, @Nullable Long account) throws IOException {
    return new Outgoing(
        TraceId.next(Clock.systemUTC(), new Random()),
        ReversePath.parse(from),
        MailAddress.parse(to),
        keep(MAIL),
        MAIL.length(),
        "",
        false,
        account,
        MailOptions.NONE,
        RecipientOptions.NONE);
  }

  private BlobId keep(String content) throws IOException {
    try (var writer = blobs.write()) {
      writer.write(content.getBytes(StandardCharsets.US_ASCII));
      return writer.keep();
    }
  }

  private static List<SmtpPartner.Received> arrivedFor(String recipient) {
    return PostroomServer.partner().messages().stream()
        .filter(message -> message.to().contains(recipient))
        .toList();
  }

  private static void waitUntil(Runnable assertions) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(assertions::run);
  }

  @Test
  void whatCommitsIsSentAndWhatDoesNotIsNot() throws IOException {
    assertThat(dispatcher.isWell()).isTrue();
    var domain = elsewhere();
    var kept = message("ann@postroom.test", "kept@" + domain, null);
    var lost = message("ann@postroom.test", "lost@" + domain, null);
    QuarkusTransaction.begin();
    outbox.enqueue(List.of(lost));
    QuarkusTransaction.rollback();
    outbox.enqueue(List.of(kept));
    waitUntil(() -> assertThat(arrivedFor("kept@" + domain)).hasSize(1));
    assertThat(arrivedFor("lost@" + domain)).isEmpty();
    assertThat(arrivedFor("kept@" + domain).getFirst().content()).isEqualTo(MAIL);
  }

  @Test
  void theReportOfAFailureReachesTheSendersMailbox() throws IOException {
    var domain = fixtures.domain();
    var mailbox = fixtures.mailbox(domain, "ann");
    var nowhere = "ben@" + fixtures.unique("nowhere") + ".example";
    outbox.enqueue(List.of(message(mailbox.address().toString(), nowhere, domain.accountId())));
    waitUntil(() -> assertThat(mailIn(mailbox.id())).isOne());
    assertThat(outbox.list(Viewer.SERVER, new PageRequest(nowhere, 1, 10)).items()).isEmpty();
  }

  private long mailIn(long mailboxId) {
    var mailbox = store.open(mailboxId);
    var inbox = mailbox.folder("INBOX").orElseThrow();
    return Objects.requireNonNull(mailbox.status(List.of(inbox.id())).get(inbox.id())).messages();
  }

  @Test
  void everyoneSeesTheirOwnPartOfTheQueue() throws IOException {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    var stranger = fixtures.customer();
    var administrator = fixtures.administrator();
    var domain = unknown();
    outbox.enqueue(
        List.of(
            message("one@postroom.test", "Ben@" + domain, customer.accountId()),
            message("two@postroom.test", "cho@" + domain, reseller.accountId()),
            message("", "dee@" + domain, null)));
    assertThat(found(administrator, domain))
        .containsExactly("Ben@" + domain, "cho@" + domain, "dee@" + domain);
    assertThat(found(Viewer.SERVER, domain)).hasSize(3);
    assertThat(found(reseller, "")).containsExactly("Ben@" + domain, "cho@" + domain);
    assertThat(found(customer, "")).containsExactly("Ben@" + domain);
    assertThat(found(stranger, "")).isEmpty();
    assertThat(found(new Viewer.MailboxUser(1, MailAddress.parse("two@postroom.test")), domain))
        .containsExactly("cho@" + domain);
    assertThat(outbox.count(reseller)).isEqualTo(2);
    assertThat(outbox.count(stranger)).isZero();
    assertThat(found(reseller, "BEN@")).containsExactly("Ben@" + domain);
    assertThat(found(reseller, "two@")).containsExactly("cho@" + domain);
    assertThat(found(reseller, "%")).isEmpty();
    var second = outbox.list(reseller, new PageRequest("", 2, 1));
    assertThat(second.total()).isEqualTo(2);
    assertThat(second.items()).extracting(QueuedMessage::recipient).hasSize(1);
    waitUntil(
        () ->
            assertThat(outbox.list(customer, PageRequest.first(10)).items().getFirst().lastStatus())
                .contains("the DNS does not say where mail for " + domain + " goes"));
  }

  private List<String> found(Viewer viewer, String search) {
    return outbox.list(viewer, new PageRequest(search, 1, 10)).items().stream()
        .map(message -> message.recipient().toString())
        .toList();
  }

  @Test
  void blobsOfQueuedMessagesAreStillNeeded() throws IOException {
    var domain = unknown();
    var queued = message("ann@postroom.test", "ben@" + domain, null);
    outbox.enqueue(List.of(queued));
    var other = keep("something else that nobody sends, " + domain);
    assertThat(outbox.referenced(Set.of(queued.content(), other)))
        .containsExactly(queued.content());
    assertThat(outbox.referenced(Set.of())).isEmpty();
  }
}
