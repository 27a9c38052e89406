package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.store.MailStore;
import dev.postroom.store.NewMessage;
import dev.postroom.store.Usage;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class IntakeTest {
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject MailStore store;
  @Inject Intake intake;
  @Inject Router router;
  @Inject Transfer transfer;
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
    var verdict = router.verdict(new MailAddress(localPart, domain.name()), false, 0);
    assertThat(verdict).isInstanceOf(Verdict.Taken.class);
    return (Verdict.Taken) verdict;
  }

  private Arrival arrival(String text, Verdict.Taken... recipients) throws IOException {
    try (var content = intake.write()) {
      content.write(text.getBytes(StandardCharsets.UTF_8));
      return new Arrival(
          TraceId.next(clock, random),
          ReversePath.NULL,
          Arrays.asList(recipients),
          content.keep(),
          null);
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

  @Test
  void oneMessageThatFailsHarmsNoOtherOfItsTransaction() throws IOException {
    var ben = fixtures.mailbox(domain, "ben");
    var gone = consignment(arrival("Subject: gone\r\n\r\n", to("ben")));
    var first = consignment(arrival("Subject: a\r\n\r\n", to("ann")));
    var last = consignment(arrival("Subject: b\r\n\r\n", to("ann")));
    mailboxes.remove(Viewer.SERVER, ben.id());
    transfer.make(List.of(first, gone, last));
    assertThat(first.outcome()).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(gone.outcome()).isEqualTo(new Outcome.Outdated());
    assertThat(last.outcome()).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(store.usage(List.of(ann)).get(ann))
        .isEqualTo(new Usage(first.message().scanned().summary().size() * 2, 2));
  }

  @Test
  void messagesOfOneTransactionHaveTheirOwnOutcomes() throws IOException {
    long small = mailboxes.create(Viewer.SERVER, domain.id(), "small", "", 50L).id();
    var fits = consignment(arrival("Subject: x\r\n\r\n" + "y".repeat(30), to("small")));
    var other = consignment(arrival("Subject: x\r\n\r\n", to("ann")));
    var full = consignment(arrival("Subject: x\r\n\r\n" + "z".repeat(30), to("small")));
    transfer.make(List.of(fits, other, full));
    assertThat(fits.outcome()).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(other.outcome()).isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(full.outcome()).isEqualTo(new Outcome.Full());
    assertThat(store.usage(List.of(small)).get(small)).isEqualTo(new Usage(44, 1));
  }
}
