package dev.postroom.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postroom.bulk.Suppression.Reason;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.DeliveryEnded;
import dev.postroom.queue.QueueOrders;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class BulkTest {
  @Inject Fixtures fixtures;
  @Inject BulkSubmission submission;
  @Inject BulkJobs jobs;
  @Inject BulkFeeder feeder;
  @Inject BulkStatements statements;
  @Inject JobTable table;
  @Inject BulkBatch batches;
  @Inject BulkOutcomes outcomes;
  @Inject BulkConfig config;
  @Inject Suppressions suppressions;
  @Inject Mailboxes mailboxes;
  @Inject MailStore store;
  @Inject QueueOrders orders;
  @Inject AgroalDataSource database;
  @Inject Event<DeliveryEnded> ended;

  private Viewer.Person customer;
  private DomainInfo domain;

  @BeforeEach
  void aDomain() {
    customer = fixtures.customer();
    domain = fixtures.domain(customer);
    fixtures.mailbox(domain, "news");
    hold();
  }

  /** What is queued stays there: each test says itself how it ends. */
  private void hold() {
    orders.hold(Viewer.SERVER, customer.accountId(), "", "a test");
  }

  private MailAddress at(String localPart) {
    return new MailAddress(localPart, domain.name());
  }

  private static MailAddress elsewhere(String localPart) {
    return MailAddress.parse(localPart + "@elsewhere.test");
  }

  private BulkRequest request(String id, List<MailAddress> recipients, @Nullable Integer rate) {
    return new BulkRequest(
        id, at("news"), null, "Größe", "Hello", "<p>Hello</p>", recipients, rate);
  }

  private BulkJob submit(String id, MailAddress... recipients) {
    return submission.submit(customer, request(id, List.of(recipients), null)).job();
  }

  private Progress progress(BulkJob job) {
    return jobs.find(customer, job.id()).progress();
  }

  private long messages(long mailbox) {
    return store.usage(List.of(mailbox)).getOrDefault(mailbox, Usage.EMPTY).messages();
  }

  private void end(BulkJob job, MailAddress recipient, @Nullable EnhancedStatus status) {
    ended.fire(
        new DeliveryEnded(
            job.trace(), ReversePath.of(job.sender()), recipient, status, "mx.test: so be it"));
  }

  private List<Suppression> suppressed() {
    return suppressions.list(customer, customer.accountId(), PageRequest.first(50)).items();
  }

  @Test
  void theSameAgainChangesNothingAndSomethingElseIsRefused() {
    var first = submission.submit(customer, request("spring", List.of(elsewhere("a")), null));
    var again = submission.submit(customer, request("spring", List.of(elsewhere("a")), null));
    assertThat(first.created()).isTrue();
    assertThat(again.created()).isFalse();
    assertThat(again.job()).isEqualTo(first.job());
    assertThatThrownBy(
            () -> submission.submit(customer, request("spring", List.of(elsewhere("b")), null)))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessage("Something else was asked with this id before.");
    assertThat(submit("summer", elsewhere("b"), elsewhere("b")).recipients()).isEqualTo(1);
  }

  @Test
  void whoIsHereGetsItAndTheJobEnds() {
    var ann = fixtures.mailbox(domain, "ann");
    var job = submit("here", at("ann"), at("nobody"));
    feeder.feed();
    assertThat(messages(ann.id())).isEqualTo(1);
    assertThat(progress(job)).isEqualTo(new Progress(0, 0, 0, 1, 1, 0, 0, 0));
    assertThat(jobs.find(customer, job.id()).job().state()).isEqualTo(JobState.DONE);
    var failed =
        jobs.recipients(customer, job.id(), RecipientState.FAILED, PageRequest.first(5)).items();
    assertThat(failed).extracting(BulkRecipient::address).containsExactly(at("nobody"));
    assertThat(failed.getFirst().status()).isEqualTo("no such mailbox here");
  }

  @Test
  void whatTheQueueSaysEndsARecipientAndFeedsTheList() {
    var job = submit("there", elsewhere("a"), elsewhere("b"), elsewhere("c"), elsewhere("d"));
    feeder.feed();
    assertThat(progress(job).queued()).isEqualTo(4);
    end(job, elsewhere("a"), null);
    end(job, elsewhere("b"), new EnhancedStatus(5, 1, 1));
    end(job, elsewhere("c"), new EnhancedStatus(5, 7, 1));
    feeder.feed();
    assertThat(progress(job).sent()).isEqualTo(1);
    assertThat(progress(job).failed()).isEqualTo(2);
    assertThat(progress(job).queued()).isEqualTo(1);
    assertThat(suppressed()).hasSize(1);
    assertThat(suppressed().getFirst().address()).isEqualTo(elsewhere("b"));
    assertThat(suppressed().getFirst().reason()).isEqualTo(Reason.FAILED);
    assertThat(suppressed().getFirst().until()).isNotNull();
  }

  @Test
  void whatTheQueueFindsOutIsShownWithTheJob() {
    for (var order : orders.list(Viewer.SERVER)) {
      if (order.accountId() != null && order.accountId() == customer.accountId()) {
        orders.lift(Viewer.SERVER, order.id());
      }
    }
    var job = submit("really", MailAddress.parse("a@no-such-domain.test"));
    await()
        .untilAsserted(
            () -> {
              feeder.feed();
              assertThat(progress(job).failed()).isEqualTo(1);
            });
    assertThat(jobs.find(customer, job.id()).job().state()).isEqualTo(JobState.DONE);
    assertThat(suppressed()).hasSize(1);
  }

  @Test
  void whoIsOnTheListGetsNothing() {
    suppressions.add(customer, customer.accountId(), List.of(elsewhere("Grumpy")), "by phone");
    var job = submit("listed", elsewhere("grumpy"), elsewhere("glad"));
    feeder.feed();
    assertThat(progress(job).suppressed()).isEqualTo(1);
    assertThat(progress(job).queued()).isEqualTo(1);
    suppressions.remove(customer, customer.accountId(), elsewhere("GRUMPY"));
    var next = submit("listed-no-more", elsewhere("grumpy"));
    feeder.feed();
    assertThat(progress(next).queued()).isEqualTo(1);
  }

  @Test
  void whatSomebodyWantedIsNotReplacedByAFailure() {
    suppressions.add(customer, customer.accountId(), List.of(elsewhere("b")), "asked");
    var job = submit("wanted", elsewhere("b"));
    end(job, elsewhere("b"), new EnhancedStatus(5, 1, 1));
    feeder.feed();
    assertThat(suppressed()).extracting(Suppression::reason).containsExactly(Reason.BY_HAND);
  }

  @Test
  void aFailureOfOrdinaryMailFeedsTheListToo() {
    ended.fire(
        new DeliveryEnded(
            new TraceId("0123456789abcdef"),
            ReversePath.of(at("news")),
            elsewhere("gone"),
            new EnhancedStatus(5, 1, 1),
            "mx.test: 550 5.1.1 no such user"));
    feeder.feed();
    assertThat(suppressed()).extracting(Suppression::address).containsExactly(elsewhere("gone"));
  }

  @Test
  void theLimitsOfTheSenderSpreadAJob() {
    var limits = PlanLimits.NONE.withSending(new SendingLimits(10, -1, -1, -1), SendingLimits.NONE);
    customer = fixtures.customer(limits);
    domain = fixtures.domain(customer);
    fixtures.mailbox(domain, "news");
    hold();
    var job = submission.submit(customer, request("limited", many(20), null)).job();
    feeder.feed();
    feeder.feed();
    assertThat(progress(job).queued()).isEqualTo(8); // 80 percent: the rest is for other mail
    assertThat(progress(job).waiting()).isEqualTo(12);
    assertThat(jobs.find(customer, job.id()).job().note())
        .startsWith("Waits: this account may send 8 messages an hour; there is room again at");
  }

  @Test
  void aJobKeepsItsRate() {
    var job = submission.submit(customer, request("slow", many(1200), 60)).job();
    feeder.feed();
    assertThat(progress(job).queued()).isEqualTo(1);
    feeder.feed();
    assertThat(progress(job).queued()).isLessThan(7);
  }

  @Test
  void aJobIsPausedResumedAndCancelled() {
    var job = submit("paused", elsewhere("a"));
    jobs.pause(customer, job.id());
    feeder.feed();
    assertThat(progress(job).waiting()).isEqualTo(1);
    jobs.resume(customer, job.id());
    feeder.feed();
    assertThat(progress(job).queued()).isEqualTo(1);
    var other = submit("cancelled", elsewhere("a"));
    jobs.cancel(customer, other.id());
    feeder.feed();
    assertThat(progress(other).cancelled()).isEqualTo(1);
    assertThatThrownBy(() -> jobs.resume(customer, other.id()))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessage("The job is over.");
  }

  @Test
  void whatLeftTheQueueUnheardIsUnknown() {
    var job = submit("unheard", elsewhere("a"));
    feeder.feed();
    feeder.settle();
    assertThat(progress(job).queued()).isEqualTo(1);
    drop(job);
    feeder.settle();
    assertThat(progress(job).unknown()).isEqualTo(1);
  }

  private void drop(BulkJob job) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("delete from queue_entry where trace = ?")) {
      delete.setString(1, job.trace().value());
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void nobodySendsAsOrSeesWhatIsSomebodyElses() {
    var job = submit("mine", elsewhere("a"));
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> submission.submit(stranger, request("x", List.of(at("a")), null)))
        .isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(() -> jobs.find(stranger, job.id())).isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(() -> jobs.cancel(stranger, job.id())).isInstanceOf(DirectoryProblem.class);
    assertThat(jobs.list(stranger, PageRequest.first(5)).items()).isEmpty();
    long account = customer.accountId();
    assertThatThrownBy(() -> suppressions.list(stranger, account, PageRequest.first(5)))
        .isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(() -> suppressions.add(stranger, account, List.of(at("a")), ""))
        .isInstanceOf(DirectoryProblem.class);
  }

  @Test
  void whoIsSuspendedSendsNothing() {
    var news = mailboxes.findByAddress(customer, at("news"));
    mailboxes.suspend(Viewer.SERVER, news.id(), new Suspension(false, true, false, "spam"));
    assertThatThrownBy(() -> submit("suspended", elsewhere("a")))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessage("Sending is suspended.");
  }

  private String note(BulkJob job) {
    return jobs.find(customer, job.id()).job().note();
  }

  @Test
  void aJobWaitsWhileItsSenderIsSuspended() {
    var job = submit("caught", elsewhere("a"));
    var news = mailboxes.findByAddress(customer, at("news")).id();
    for (var suspension :
        List.of(
            new Suspension(false, true, false, "spam"),
            new Suspension(true, false, false, "stolen password"))) {
      mailboxes.suspend(Viewer.SERVER, news, suspension);
      feeder.feed();
      assertThat(progress(job).waiting()).isEqualTo(1);
      assertThat(note(job)).isEqualTo("Waits: sending is suspended");
    }
    mailboxes.suspend(Viewer.SERVER, news, Suspension.NONE);
    feeder.feed();
    assertThat(progress(job).queued()).isEqualTo(1);
    assertThat(note(job)).isEmpty();
  }

  @Test
  void aJobWaitsWhileItsSenderMayNotUseTheAddress() {
    var job = submit("unproven", elsewhere("a"));
    control("UNPROVEN");
    feeder.feed();
    assertThat(progress(job).waiting()).isEqualTo(1);
    assertThat(note(job)).isEqualTo("Waits: the address " + at("news") + " may not be used");
    control("PROVEN");
    feeder.feed();
    assertThat(progress(job).queued()).isEqualTo(1);
    assertThat(note(job)).isEmpty();
  }

  private void control(String state) {
    try (var connection = database.getConnection();
        var update = connection.prepareStatement("update domain set control = ? where id = ?")) {
      update.setString(1, state);
      update.setLong(2, domain.id());
      update.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    fixtures.mailbox(domain, fixtures.unique("change")); // what was looked up is forgotten
  }

  @Test
  void nobodyLooksWhetherAPausedJobIsOver() {
    var looked = new ArrayList<Long>();
    var watched =
        new RecipientTable() {
          @Override
          boolean anyOpen(Connection connection, long jobId) throws SQLException {
            looked.add(jobId);
            return super.anyOpen(connection, jobId);
          }
        };
    var paused = submit("resting", elsewhere("a"));
    var running = submit("moving", elsewhere("a"));
    jobs.pause(customer, paused.id());
    new BulkFeeder(statements, table, watched, batches, outcomes, config, jobs, Clock.systemUTC())
        .feed();
    assertThat(looked).contains(running.id()).doesNotContain(paused.id());
  }

  @Test
  void anAccountHasSoManyJobsAtATime() {
    var first = submit("job0", elsewhere("a"));
    IntStream.range(1, config.openJobs()).forEach(i -> submit("job" + i, elsewhere("a")));
    jobs.pause(customer, first.id());
    assertThatThrownBy(() -> submit("one-more", elsewhere("a")))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessage(
            "An account may have 20 jobs at a time: wait until one is over, or cancel one.");
    assertThat(submit("job0", elsewhere("a"))).isEqualTo(jobs.find(customer, first.id()).job());
    jobs.cancel(customer, first.id());
    feeder.feed();
    submit("one-more", elsewhere("a"));
  }

  @Test
  void theJobsOfAnAccountHaveSoManyRecipientsTogether() {
    submission.submit(customer, request("most", many(config.openRecipients() - 1), null));
    assertThatThrownBy(() -> submit("two-more", elsewhere("a"), elsewhere("b")))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessageStartingWith("An account may have jobs with 100000 recipients at a time:");
    submit("one-more", elsewhere("a"));
  }

  @Test
  void jobsGivenAtTheSameTimeAreCountedAll() {
    IntStream.range(2, config.openJobs()).forEach(i -> submit("job" + i, elsewhere("a")));
    var refused = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        var id = "racer" + i;
        threads.execute(
            () -> {
              try {
                submit(id, elsewhere("a"));
              } catch (DirectoryProblem _) {
                refused.incrementAndGet();
              }
            });
      }
    }
    assertThat(refused).hasValue(6);
  }

  private static List<MailAddress> many(int number) {
    return IntStream.range(0, number).mapToObj(i -> elsewhere("r" + i)).toList();
  }
}
