package dev.postroom.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Domains;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Role;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.sending.Reservations.Answer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@PostroomTest
class ReservationsTest {
  private static final SendingLimits FREE = SendingLimits.NONE;

  @Inject Fixtures fixtures;
  @Inject Reservations reservations;
  @Inject Allowances allowances;
  @Inject Accounts accounts;
  @Inject Domains domains;
  @Inject Plans plans;
  @Inject SendingTable table;
  @Inject Saver saver;

  private static SetLimits messages(long perHour) {
    return new SetLimits(perHour, null, null, null);
  }

  private MailboxInfo mailbox(SendingLimits account, SendingLimits each) {
    var limits = PlanLimits.NONE.withSending(account, each);
    return fixtures.mailbox(fixtures.domain(fixtures.customer(limits)), "ann");
  }

  private Answer ask(MailboxInfo mailbox) {
    return reservations.message(mailbox.id());
  }

  private String refusal(MailboxInfo mailbox) {
    var answer = ask(mailbox);
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    return ((Answer.Refused) answer).refusal().text();
  }

  @Test
  void thePlanBoundsTheAccountAndEachMailbox() {
    var ann = mailbox(new SendingLimits(3, -1, -1, -1), new SendingLimits(2, -1, -1, -1));
    var ben = fixtures.mailbox(domains.find(Viewer.SERVER, ann.domainId()), "ben");
    take(ann);
    take(ann);
    assertThat(refusal(ann)).startsWith("this mailbox may send 2 messages an hour; there is room");
    take(ben);
    assertThat(refusal(ben)).startsWith("this account may send 3 messages an hour");
  }

  /** One message to one recipient. */
  private void take(MailboxInfo mailbox) {
    var answer = ask(mailbox);
    assertThat(answer).isInstanceOf(Answer.Reserved.class);
    try (var room = ((Answer.Reserved) answer).reservation()) {
      assertThat(room.recipient()).isEmpty();
      room.taken();
    }
  }

  @Test
  void whatIsSetForOneGoesBeforeThePlan() {
    var ann = mailbox(new SendingLimits(1, -1, -1, -1), new SendingLimits(1, -1, -1, -1));
    allowances.change(Viewer.SERVER, Scope.account(ann.accountId()), messages(5));
    allowances.change(Viewer.SERVER, Scope.mailbox(ann.id()), messages(4));
    allowances.change(Viewer.SERVER, Scope.domain(ann.domainId()), messages(2));
    take(ann);
    take(ann);
    assertThat(refusal(ann)).startsWith("this domain may send 2 messages an hour");
    allowances.change(Viewer.SERVER, Scope.domain(ann.domainId()), SetLimits.NOTHING);
    take(ann);
  }

  @Test
  void theCustomersOfAResellerShareItsPlan() {
    var plan =
        plans
            .create(
                Viewer.SERVER,
                fixtures.unique("shared"),
                PlanLimits.NONE.withSending(new SendingLimits(2, -1, -1, -1), FREE))
            .id();
    var reseller = fixtures.reseller();
    accounts.update(Viewer.SERVER, reseller.accountId(), "", plan);
    var one = fixtures.mailbox(fixtures.domain(fixtures.customerOf(reseller)), "ann");
    var other = fixtures.mailbox(fixtures.domain(fixtures.customerOf(reseller)), "ben");
    take(one);
    take(other);
    assertThat(refusal(one)).startsWith("your provider may send 2 messages an hour");
    assertThat(refusal(other)).startsWith("your provider may send 2 messages an hour");
  }

  @Test
  void manyAtOnceGetExactlyWhatThereIs() throws InterruptedException {
    var ann = mailbox(new SendingLimits(-1, 100, -1, -1), FREE);
    var taken = new ConcurrentLinkedQueue<Answer.Reserved>();
    var threads =
        IntStream.range(0, 300)
            .mapToObj(
                _ ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              if (ask(ann) instanceof Answer.Reserved reserved) {
                                taken.add(reserved);
                                reserved.reservation().taken();
                              }
                            }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(taken).hasSize(100);
  }

  @Test
  void recipientsBeyondAWindowWaitAndThoseOfOneMessageBeyondItNeverFit() {
    var ann = mailbox(new SendingLimits(-1, -1, 3, -1), FREE);
    var first = ((Answer.Reserved) ask(ann)).reservation();
    for (int i = 0; i < 3; i++) {
      assertThat(first.recipient()).isEmpty();
    }
    assertThat(first.recipient().orElseThrow().isForGood()).isTrue();
    first.close();
    var second = ((Answer.Reserved) ask(ann)).reservation();
    second.recipient();
    second.recipient();
    second.taken();
    var third = ((Answer.Reserved) ask(ann)).reservation();
    assertThat(third.recipient()).isEmpty();
    var full = third.recipient().orElseThrow();
    assertThat(full.isForGood()).isFalse();
    assertThat(full.text()).startsWith("this account may send to 3 recipients an hour; there is");
    third.close();
    third.close(); // once is enough, and twice does no harm
    take(ann);
  }

  @Test
  void whoMaySendNothingIsToldSo() {
    var ann = mailbox(FREE, new SendingLimits(0, -1, -1, -1));
    assertThat(refusal(ann)).isEqualTo("this mailbox may not send messages");
  }

  @Test
  void whatWasCountedOutlivesTheMemory() {
    var ann = mailbox(FREE, new SendingLimits(5, -1, -1, -1));
    take(ann);
    take(ann);
    saver.save();
    var scope = Scope.mailbox(ann.id());
    var rows = table.read(List.of(scope), 0);
    assertThat(rows).extracting(Window.Row::amount).containsExactly(new Window.Amount(2, 2));
    var fresh = new Windows(table, Clock.systemUTC()).of(List.of(scope)).getFirst();
    assertThat(fresh.sent(Instant.now()).messagesThisHour()).isEqualTo(2);
  }

  @Test
  void whatAnotherProcessCountedIsSeenWithTheNextWriting() {
    var ann = mailbox(FREE, new SendingLimits(5, -1, -1, -1));
    take(ann);
    var scope = Scope.mailbox(ann.id());
    long hour = Window.hour(Instant.now());
    table.add(List.of(new Window.Row(scope, hour, new Window.Amount(3, 3))));
    saver.save();
    assertThat(allowances.find(Viewer.SERVER, scope).sent().messagesThisHour()).isEqualTo(4);
  }

  @Test
  void whoHasNoLimitsIsNotCounted() {
    var ann = mailbox(FREE, FREE);
    take(ann);
    saver.save();
    assertThat(table.read(List.of(Scope.mailbox(ann.id()), Scope.account(ann.accountId())), 0))
        .isEmpty();
  }

  @Test
  void aCustomerNarrowsItsLimitsAndItsProviderDecides() {
    var ann = mailbox(FREE, new SendingLimits(10, -1, -1, -1));
    var customer = new Viewer.Person(ann.accountId(), Role.CUSTOMER, "");
    var scope = Scope.mailbox(ann.id());
    assertThat(allowances.change(customer, scope, messages(3)).limits().messagesPerHour())
        .isEqualTo(3);
    assertThatThrownBy(() -> allowances.change(customer, scope, messages(11)))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessage("Your plan allows 10 messages an hour.");
    allowances.change(Viewer.SERVER, scope, messages(1));
    assertThat(allowances.find(customer, scope).mayChange()).isFalse();
    assertThatThrownBy(() -> allowances.change(customer, scope, SetLimits.NOTHING))
        .isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(
            () -> allowances.change(customer, Scope.account(ann.accountId()), messages(9)))
        .isInstanceOf(DirectoryProblem.class);
  }

  @Test
  void strangersDoNotSeeWhatIsSent() {
    var ann = mailbox(FREE, FREE);
    var stranger = fixtures.customer();
    for (var scope :
        List.of(
            Scope.mailbox(ann.id()),
            Scope.domain(ann.domainId()),
            Scope.account(ann.accountId()))) {
      assertThatThrownBy(() -> allowances.find(stranger, scope))
          .isInstanceOf(DirectoryProblem.class);
      assertThatThrownBy(() -> allowances.change(stranger, scope, messages(1)))
          .isInstanceOf(DirectoryProblem.class);
    }
  }
}
