package dev.postroom.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import dev.postroom.sending.Reservations.Answer;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@PostroomTest
class LimitNoticeTest {
  @Inject Fixtures fixtures;
  @Inject Reservations reservations;
  @Inject MailStore store;
  @Inject SendingTable table;

  private void send(long mailbox) {
    var answer = reservations.message(mailbox);
    assertThat(answer).isInstanceOf(Answer.Reserved.class);
    var room = ((Answer.Reserved) answer).reservation();
    room.recipient();
    room.taken();
  }

  private long messages(long mailbox) {
    return store.usage(List.of(mailbox)).getOrDefault(mailbox, Usage.EMPTY).messages();
  }

  @Test
  void whoComesNearALimitIsToldOnce() {
    var each = new SendingLimits(100, -1, 5, -1);
    var limits = PlanLimits.NONE.withSending(SendingLimits.NONE, each);
    var domain = fixtures.domain(fixtures.customer(limits));
    var ann = fixtures.mailbox(domain, "ann");
    for (int i = 0; i < 3; i++) {
      send(ann.id());
    }
    assertThat(messages(ann.id())).isZero();
    send(ann.id()); // 80 percent
    await().until(() -> messages(ann.id()) == 1);
    send(ann.id());
    assertThat(table.notice(Scope.mailbox(ann.id()), System.currentTimeMillis())).isFalse();
    assertThat(messages(ann.id())).isEqualTo(1);
  }

  @Test
  void aLimitOfTheAccountIsThePostmastersBusiness() {
    var limits = PlanLimits.NONE.withSending(new SendingLimits(1, -1, -1, -1), SendingLimits.NONE);
    var domain = fixtures.domain(fixtures.customer(limits));
    var ann = fixtures.mailbox(domain, "ann");
    var postmaster = fixtures.mailbox(domain, "postmaster");
    send(ann.id());
    await().until(() -> messages(postmaster.id()) == 1);
    assertThat(messages(ann.id())).isZero();
  }
}
