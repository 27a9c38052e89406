package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.PlanLimits;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.TestClock;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class SendingCountsTest {
  private static final long NONE = PlanLimits.UNLIMITED;

  @Inject AgroalDataSource database;
  @Inject Fixtures fixtures;

  private final TestClock clock = new TestClock();
  private SendingCounts counts;
  private long account;

  @BeforeEach
  void make() {
    counts = new SendingCounts(database, clock);
    account = fixtures.customer().accountId();
  }

  private void send(long perHour, long perDay) {
    var limits = new PlanLimits(NONE, NONE, NONE, NONE, perHour, perDay, NONE);
    var sender = new Sender(1, account, MailAddress.parse("ann@alpha.test"), limits);
    QuarkusTransaction.requiringNew().run(() -> counts.add(List.of(sender)));
  }

  @Test
  void messagesOfOneTransactionAreAddedUp() {
    var limits = new PlanLimits(NONE, NONE, NONE, NONE, 10, NONE, NONE);
    var sender = new Sender(1, account, MailAddress.parse("ann@alpha.test"), limits);
    QuarkusTransaction.requiringNew().run(() -> counts.add(List.of(sender, sender)));
    QuarkusTransaction.requiringNew().run(() -> counts.add(List.of(sender, sender, sender)));
    assertThat(counts.sent(account)).isEqualTo(new SendingCounts.Sent(5, 5));
  }

  @Test
  void messagesCountForTheirHourAndForADay() {
    assertThat(counts.sent(account)).isEqualTo(new SendingCounts.Sent(0, 0));
    send(10, NONE);
    send(NONE, 10);
    assertThat(counts.sent(account)).isEqualTo(new SendingCounts.Sent(2, 2));
    clock.forward(Duration.ofHours(1));
    send(10, NONE);
    assertThat(counts.sent(account)).isEqualTo(new SendingCounts.Sent(1, 3));
    clock.forward(Duration.ofHours(23));
    assertThat(counts.sent(account)).isEqualTo(new SendingCounts.Sent(0, 1));
    send(10, NONE);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void whoHasNoLimitsIsNotCounted() {
    send(NONE, NONE);
    assertThat(counts.sent(account)).isEqualTo(new SendingCounts.Sent(0, 0));
  }

  private long rows() {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT count(*) FROM sent_messages WHERE account_id = ?")) {
      select.setLong(1, account);
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (java.sql.SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
