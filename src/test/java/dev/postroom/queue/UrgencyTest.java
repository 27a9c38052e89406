package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UrgencyTest {
  private static List<Outgoing> message(int recipients, int priority) {
    var trace = TraceId.next(Clock.systemUTC(), new Random());
    return IntStream.range(0, recipients)
        .mapToObj(
            i ->
                new Outgoing(
                    trace,
                    ReversePath.NULL,
                    MailAddress.parse("r" + i + "@example.net"),
                    new BlobId("0".repeat(64)),
                    1,
                    "",
                    false,
                    1L,
                    MailOptions.NONE.withPriority(priority),
                    RecipientOptions.NONE))
        .toList();
  }

  @Test
  void aMessageToManyGoesBehindAllOthers() {
    var many = message(50, 9);
    var few = message(49, -9);
    var all = new ArrayList<>(many);
    all.addAll(few);
    var urgency = Urgency.of(all, 50);
    assertThat(urgency.of(many.getFirst())).isGreaterThan(urgency.of(few.getFirst()));
  }

  @Test
  void whatTheClientCallsUrgentGoesFirst() {
    var urgency = Urgency.of(List.of(), 50);
    assertThat(urgency.of(message(1, 4).getFirst()))
        .isLessThan(urgency.of(message(1, 0).getFirst()));
    assertThat(urgency.of(message(1, -4).getFirst()))
        .isGreaterThan(urgency.of(message(1, 0).getFirst()));
  }
}
