package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Domains;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class SubmissionTest {
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Submission submission;

  private MailboxInfo mailbox;
  private Viewer.MailboxUser user;

  @BeforeEach
  void logIn() {
    mailbox = fixtures.mailbox(fixtures.domain(), "ann");
    user = new Viewer.MailboxUser(mailbox.id(), mailbox.address());
  }

  private Permission ask(String reversePath) {
    return submission.ask(user, ReversePath.parse(reversePath));
  }

  @Test
  void oneMaySendAsOneselfAndAsNobody() {
    assertThat(ask(mailbox.address().toString())).isInstanceOf(Permission.Granted.class);
    assertThat(ask("")).isInstanceOf(Permission.Granted.class);
    assertThat(ask("ben@there.test"))
        .isEqualTo(new Permission.NotYours(MailAddress.parse("ben@there.test")));
  }

  @Test
  void aDomainThatNobodyHasProvenSendsNothingNotEvenAsNobody() {
    var customer = fixtures.customer();
    var name = DomainName.of(fixtures.unique("claimed") + ".test");
    var claimed = domains.create(customer, name, null);
    mailbox = mailboxes.create(customer, claimed.id(), "ann", "", null);
    user = new Viewer.MailboxUser(mailbox.id(), mailbox.address());
    assertThat(ask(mailbox.address().toString())).isInstanceOf(Permission.NotYours.class);
    assertThat(ask("")).isInstanceOf(Permission.NotYours.class);
    domains.proven(customer, claimed.id());
    assertThat(ask("")).isInstanceOf(Permission.Granted.class);
  }

  @Test
  void aConnectionDoesNotOutlastTheRightToUseIt() {
    var stolen = new Suspension(true, false, false, "stolen");
    mailboxes.suspend(Viewer.SERVER, mailbox.id(), stolen);
    assertThat(ask("")).isEqualTo(new Permission.Suspended("stolen"));
    mailboxes.suspend(Viewer.SERVER, mailbox.id(), Suspension.NONE);
    assertThat(ask("")).isInstanceOf(Permission.Granted.class);
    mailboxes.remove(Viewer.SERVER, mailbox.id());
    assertThat(ask("")).isInstanceOf(Permission.Suspended.class);
  }
}
