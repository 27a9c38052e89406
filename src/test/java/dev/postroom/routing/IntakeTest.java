package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.Outgoing;
import dev.postroom.store.MailStore;
import dev.postroom.store.NewMessage;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Together;
import dev.postroom.trace.Trace;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@PostroomTest
class IntakeTest {
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject MailStore store;
  @Inject Intake intake;
  @Inject Router router;
  @Inject Transfer transfer;
  @Inject AgroalDataSource database;
  @Inject Trace trace;
  @Inject Clock clock;
  @Inject RandomGenerator random;

  private DomainInfo domain;
  private long ann;

  @BeforeEach
  void makeMailbox() {
    domain = fixtures.domain();
    ann = fixtures.mailbox(domain, "ann").id();
  }

  private Verdict.Taken to(String localPart) {
    var verdict =
        router.verdict(new MailAddress(localPart, domain.name()), ReversePath.NULL, null, 0);
    assertThat(verdict).isInstanceOf(Verdict.Taken.class);
    return (Verdict.Taken) verdict;
  }

  private Arrival arrival(String text, Verdict.Taken... recipients) throws IOException {
    try (var content = intake.write()) {
      content.write(text.getBytes(StandardCharsets.UTF_8));
      return new Arrival(
          trace.begin(TraceId.next(clock, random)),
          ReversePath.NULL,
          Arrays.asList(recipients),
          content.keep(),
          null,
          MailOptions.NONE);
    }
  }

  private Consignment consignment(Arrival arrival) {
    var content = arrival.content();
    var message = new NewMessage(content.blob(), content.scanned(), Set.of(), clock.instant());
    return new Consignment(
        arrival, Distribution.of(arrival.recipients(), Set.of()), message, List.of());
  }

  @Test
  void theContentIsKnownWhenItIsKept() throws IOException {
    var content = arrival("Subject: \u00e4\r\n\r\nbody\r\n").content();
    assertThat(content.eightBit()).isTrue();
    assertThat(content.size()).isEqualTo(21);
    assertThat(arrival("Subject: a\r\n\r\nbody\r\n").content().eightBit()).isFalse();
  }

  @Test
  void aMailboxRemovedMeanwhileIsSomethingToTryAgain() throws IOException {
    var ben = fixtures.mailbox(domain, "ben");
    var both = arrival("Subject: x\r\n\r\n", to("ann"), to("ben"));
    mailboxes.remove(Viewer.SERVER, ben.id());
    assertThat(intake.take(both)).isEqualTo(new Outcome.Outdated());
    assertThat(store.usage(List.of(ann)).get(ann)).isEqualTo(Usage.EMPTY);
  }

  private Outcome outcome(Consignment consignment) {
    return consignment.outcome().orElseGet(() -> transfer.apart(consignment));
  }

  private long size(Consignment consignment) {
    return consignment.message().scanned().summary().size();
  }

  private Usage usage(long mailboxId) {
    return store.usage(List.of(mailboxId)).getOrDefault(mailboxId, Usage.EMPTY);
  }

  @Test
  void oneMessageThatFailsHarmsNoOtherOfItsTransaction() throws IOException {
    var ben = fixtures.mailbox(domain, "ben");
    var gone = consignment(arrival("Subject: gone\r\n\r\n", to("ben")));
    var first = consignment(arrival("Subject: a\r\n\r\n", to("ann")));
    var last = consignment(arrival("Subject: b\r\n\r\n", to("ann")));
    mailboxes.remove(Viewer.SERVER, ben.id());
    transfer.together(List.of(first, gone, last));
    assertThat(usage(ann)).isEqualTo(Usage.EMPTY);
    assertThat(outcome(first)).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(outcome(gone)).isEqualTo(new Outcome.Outdated());
    assertThat(outcome(last)).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(usage(ann)).isEqualTo(new Usage(size(first) + size(last), 2));
  }

  @Test
  void aMessageThatTheDatabaseDoesNotTakeHarmsNoOther() throws IOException {
    var good = consignment(arrival("Subject: a\r\n\r\n", to("ann")));
    var there = arrival("Subject: b\r\n\r\n", to("ann"));
    var tooLong =
        new Outgoing(
            there.trace(),
            ReversePath.NULL,
            MailAddress.parse("ben@elsewhere.test"),
            there.content().blob(),
            1,
            "x".repeat(17_000_000),
            false,
            null,
            MailOptions.NONE,
            RecipientOptions.NONE);
    var poison =
        new Consignment(
            there, Distribution.of(there.recipients(), Set.of()), good.message(), List.of(tooLong));
    transfer.together(List.of(good, poison));
    assertThat(outcome(good)).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThatThrownBy(() -> outcome(poison)).isInstanceOf(RuntimeException.class);
    assertThat(usage(ann)).isEqualTo(new Usage(size(good), 1));
  }

  @Test
  void messagesOfOneTransactionHaveTheirOwnOutcomes() throws IOException {
    long small = mailboxes.create(Viewer.SERVER, domain.id(), "small", "", 50L).id();
    var fits = consignment(arrival("Subject: x\r\n\r\n" + "y".repeat(30), to("small")));
    var other = consignment(arrival("Subject: x\r\n\r\n", to("ann")));
    var full = consignment(arrival("Subject: x\r\n\r\n" + "z".repeat(30), to("small")));
    transfer.together(List.of(fits, other, full));
    assertThat(fits.outcome()).contains(new Outcome.Taken(1, 0, 0));
    assertThat(other.outcome()).contains(new Outcome.Taken(1, 0, 0));
    assertThat(full.outcome()).contains(new Outcome.Full());
    assertThat(store.usage(List.of(small)).get(small)).isEqualTo(new Usage(44, 1));
  }

  @Test
  @Timeout(60)
  void aMailboxThatIsLockedForLongHoldsNoOther() throws Exception {
    fixtures.mailbox(domain, "ben");
    intake.take(arrival("Subject: the first makes the folders\r\n\r\n", to("ann")));
    var released = new CountDownLatch(1);
    var locked = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> holdInbox(ann, locked, released));
      locked.await();
      var waiting = new ArrayList<Future<Outcome>>();
      for (int i = 0; i < 4; i++) {
        var toAnn = arrival("Subject: waits " + i + "\r\n\r\n", to("ann"));
        waiting.add(threads.submit(() -> intake.take(toAnn)));
      }
      var others = Together.run(20, number -> takeForBen(number));
      assertThat(others).containsOnly(new Outcome.Taken(1, 0, 0));
      assertThat(waiting).noneMatch(Future::isDone);
      released.countDown();
      for (var outcome : waiting) {
        assertThat(outcome.get()).isEqualTo(new Outcome.Taken(1, 0, 0));
      }
    }
    assertThat(usage(ann).messages()).isEqualTo(5);
  }

  private Outcome takeForBen(int number) {
    try {
      return intake.take(arrival("Subject: passes " + number + "\r\n\r\n", to("ben")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void holdInbox(long mailboxId, CountDownLatch locked, CountDownLatch released) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              try (var connection = database.getConnection();
                  var statement = connection.createStatement()) {
                statement.execute(
                    "select id from folder where name = 'INBOX' and mailbox_id = "
                        + mailboxId
                        + " for update");
                locked.countDown();
                released.await();
              } catch (SQLException | InterruptedException failed) {
                throw new IllegalStateException(failed);
              }
            });
  }

  @Test
  @Timeout(60)
  void whateverComesAtTheSameTimeIsThereOnceAndCounted() {
    int mailboxesInAll = 6;
    var ids =
        IntStream.range(0, mailboxesInAll)
            .mapToObj(i -> fixtures.mailbox(domain, "many" + i).id())
            .toList();
    var outcomes =
        Together.run(
            360,
            number -> {
              try { // from one to all of them, in any order
                var recipients =
                    IntStream.range(0, 1 + number % mailboxesInAll)
                        .mapToObj(i -> to("many" + (number / mailboxesInAll + i) % mailboxesInAll))
                        .toArray(Verdict.Taken[]::new);
                return intake.take(arrival("Subject: " + number + "\r\n\r\n", recipients));
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            });
    for (int number = 0; number < outcomes.size(); number++) {
      assertThat(outcomes.get(number))
          .isEqualTo(new Outcome.Taken(1 + number % mailboxesInAll, 0, 0));
    }
    for (long id : ids) {
      var mailbox = store.open(id);
      var inbox = mailbox.folders().stream().filter(f -> f.name().equals("INBOX")).findFirst();
      var messages = mailbox.messages(inbox.orElseThrow().id(), UidSet.ALL);
      assertThat(messages).extracting(StoredMessage::contentId).doesNotHaveDuplicates();
      assertThat(messages).hasSize(210); // 60 of each size: (1 + 2 + ... + 6) * 60 / 6
      assertThat(messages.getLast().uid()).isEqualTo(210);
      assertThat(usage(id).messages()).isEqualTo(210);
    }
  }
}
