package dev.postroom.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.blob.Blobs;
import dev.postroom.bulk.RecipientTable.End;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Recipients;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueueOrders;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Router;
import dev.postroom.sending.Reservations;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.trace.Trace;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class BulkBatchTest {
  private static final int ER_LOCK_DEADLOCK = 1213;

  @Inject Fixtures fixtures;
  @Inject BulkSubmission submission;
  @Inject BulkJobs jobs;
  @Inject BulkStatements statements;
  @Inject JobTable jobTable;
  @Inject SuppressionTable suppressions;
  @Inject Recipients directory;
  @Inject Reservations reservations;
  @Inject Router router;
  @Inject Outbox outbox;
  @Inject Intake intake;
  @Inject Blobs blobs;
  @Inject Trace trace;
  @Inject BulkConfig config;
  @Inject MailStore store;
  @Inject QueueOrders orders;

  private Viewer.Person customer;
  private DomainInfo domain;

  @BeforeEach
  void aDomain() {
    use(fixtures.customer());
  }

  private void use(Viewer.Person person) {
    customer = person;
    domain = fixtures.domain(customer);
    fixtures.mailbox(domain, "news");
    orders.hold(Viewer.SERVER, customer.accountId(), "", "a test");
  }

  /** Fails once, when it is to write that this recipient is done with. */
  private static final class Failing extends RecipientTable {
    private final int position;
    private final SQLException failure;
    private boolean failed;

    Failing(int position, SQLException failure) {
      this.position = position;
      this.failure = failure;
    }

    @Override
    void end(Connection connection, long jobId, Collection<End> ends) throws SQLException {
      if (!failed && ends.stream().anyMatch(end -> end.position() == position)) {
        failed = true;
        throw failure;
      }
      super.end(connection, jobId, ends);
    }
  }

  private BulkBatch batches(RecipientTable table) {
    return new BulkBatch(
        statements,
        jobTable,
        table,
        suppressions,
        directory,
        reservations,
        router,
        outbox,
        new LocalCopies(statements, table, intake, trace),
        blobs,
        trace,
        config,
        Clock.systemUTC());
  }

  private MailAddress at(String localPart) {
    return new MailAddress(localPart, domain.name());
  }

  private static MailAddress elsewhere(String localPart) {
    return MailAddress.parse(localPart + "@elsewhere.test");
  }

  private BulkJob submit(String id, List<MailAddress> to) {
    var request = new BulkRequest(id, at("news"), null, "Hi", "Hello", "", to, null);
    var job = submission.submit(customer, request).job();
    jobs.pause(customer, job.id()); // the test feeds it, nobody else
    return job;
  }

  private Progress progress(BulkJob job) {
    return jobs.find(customer, job.id()).progress();
  }

  private List<Long> messages(List<Long> mailboxes) {
    var usage = store.usage(mailboxes);
    return mailboxes.stream().map(id -> usage.getOrDefault(id, Usage.EMPTY).messages()).toList();
  }

  @Test
  void aDeadlockDeliversNothingTwice() {
    var ann = fixtures.mailbox(domain, "ann").id();
    var job = submit("deadlock", List.of(at("ann"), elsewhere("a")));
    var batches = batches(new Failing(1, new SQLException("deadlock", "40001", ER_LOCK_DEADLOCK)));
    assertThat(batches.send(job, 10)).isEqualTo(2);
    assertThat(messages(List.of(ann))).containsExactly(1L);
    assertThat(progress(job)).isEqualTo(new Progress(0, 1, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void whatFailsForOneIsNotRepeatedForTheOthers() {
    var here =
        Stream.of("ann", "bob", "cat").map(name -> fixtures.mailbox(domain, name).id()).toList();
    var job = submit("failure", List.of(at("ann"), at("bob"), at("cat")));
    var batches = batches(new Failing(1, new SQLException("the connection is lost")));
    assertThatThrownBy(() -> batches.send(job, 10)).isInstanceOf(BulkUnavailableException.class);
    assertThat(messages(here)).containsExactly(1L, 1L, 0L);
    assertThat(progress(job)).isEqualTo(new Progress(1, 0, 0, 1, 0, 0, 0, 1));
    assertThat(batches.send(job, 10)).isEqualTo(1);
    assertThat(messages(here)).containsExactly(1L, 1L, 1L);
    assertThat(progress(job)).isEqualTo(new Progress(0, 0, 0, 2, 0, 0, 0, 1));
  }

  @Test
  void whoIsRefusedTakesNoRoomFromTheLimits() {
    var limits = PlanLimits.NONE.withSending(new SendingLimits(10, -1, -1, -1), SendingLimits.NONE);
    use(fixtures.customer(limits));
    var refused = IntStream.range(0, 8).mapToObj(i -> at("nobody" + i));
    var taken = IntStream.range(0, 8).mapToObj(i -> elsewhere("r" + i));
    var job = submit("room", Stream.concat(refused, taken).toList());
    assertThat(batches(new RecipientTable()).send(job, 16)).isEqualTo(16);
    assertThat(progress(job)).isEqualTo(new Progress(0, 8, 0, 0, 8, 0, 0, 0));
  }
}
