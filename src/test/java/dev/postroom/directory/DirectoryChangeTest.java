package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryChange.Action;
import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class DirectoryChangeTest {
  /** What happened, and whether it was told while it could still be undone. */
  @ApplicationScoped
  static class Witness {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Mailboxes mailboxes;
    private volatile boolean objecting;

    Witness(Mailboxes mailboxes) {
      this.mailboxes = mailboxes;
    }

    List<String> seen() {
      return seen;
    }

    void objects(boolean now) {
      objecting = now;
    }

    void see(@Observes DirectoryChange change) {
      assertThat(QuarkusTransaction.isActive()).isTrue();
      if (change.subject() == Subject.MAILBOX && change.action() == Action.REMOVED) {
        mailboxes.find(Viewer.SERVER, change.id()); // it is still there
      }
      seen.add(change.subject() + " " + change.action() + " " + change.name());
      if (objecting) {
        throw new IllegalStateException("an observer objects");
      }
    }
  }

  @Inject Fixtures fixtures;
  @Inject Accounts accounts;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject Recipients recipients;
  @Inject Witness witness;

  private DomainInfo domain;

  @BeforeEach
  void aDomain() {
    domain = fixtures.domain();
    witness.seen().clear();
  }

  @Test
  void everyChangeIsTold() {
    var ann = mailboxes.create(Viewer.SERVER, domain.id(), "ann", "", null);
    mailboxes.update(Viewer.SERVER, ann.id(), "Ann", 1);
    mailboxes.suspend(Viewer.SERVER, ann.id(), Suspension.all("x"));
    mailboxes.suspend(Viewer.SERVER, ann.id(), Suspension.NONE);
    var forwarder =
        forwarders.create(
            Viewer.SERVER, domain.id(), "ann", List.of(MailAddress.parse("x@example.net")), true);
    mailboxes.remove(Viewer.SERVER, ann.id());
    forwarders.remove(Viewer.SERVER, forwarder.id());
    var address = "ann@" + domain.name();
    assertThat(witness.seen())
        .containsExactly(
            "MAILBOX CREATED " + address,
            "MAILBOX UPDATED " + address,
            "MAILBOX SUSPENDED " + address,
            "MAILBOX RESUMED " + address,
            "FORWARDER CREATED " + address,
            "DESTINATION UPDATED x@example.net",
            "FORWARDER UPDATED " + address,
            "MAILBOX REMOVED " + address,
            "FORWARDER REMOVED " + address);
  }

  @Test
  void whatGoesWithAnAccountIsToldBeforeIt() {
    mailboxes.create(Viewer.SERVER, domain.id(), "ann", "", null);
    mailboxes.create(Viewer.SERVER, domain.id(), "ben", "", null);
    witness.seen().clear();
    accounts.remove(Viewer.SERVER, domain.accountId());
    assertThat(witness.seen())
        .containsExactly(
            "MAILBOX REMOVED ann@" + domain.name(),
            "MAILBOX REMOVED ben@" + domain.name(),
            "DOMAIN REMOVED " + domain.name(),
            "ACCOUNT REMOVED " + domain.accountLogin());
  }

  @Test
  void whatWasSeenOfAChangeThatIsUndoneIsNotBelievedAfterwards() {
    var ann = new MailAddress("ann", domain.name());
    QuarkusTransaction.begin();
    mailboxes.create(Viewer.SERVER, domain.id(), "ann", "", null);
    assertThat(recipients.resolve(ann)).isInstanceOf(Recipient.Local.class);
    QuarkusTransaction.rollback();
    assertThat(recipients.resolve(ann)).isInstanceOf(Recipient.Unknown.class);
  }

  @Test
  void anObserverThatFailsUndoesTheChangeAndNothingIsForgotten() {
    fixtures.mailbox(domain, "ann");
    var ann = new MailAddress("ann", domain.name());
    assertThat(recipients.resolve(ann)).isInstanceOf(Recipient.Local.class);
    witness.objects(true);
    try {
      assertThatThrownBy(() -> domains.remove(Viewer.SERVER, domain.id()))
          .hasMessageContaining("an observer objects");
    } finally {
      witness.objects(false);
    }
    assertThat(domains.find(Viewer.SERVER, domain.id()).mailboxes()).isEqualTo(1);
    assertThat(recipients.resolve(ann)).isInstanceOf(Recipient.Local.class);
  }
}
