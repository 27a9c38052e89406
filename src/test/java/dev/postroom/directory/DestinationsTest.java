package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses elsewhere are asked before mail is forwarded to them. */
@PostroomTest
class DestinationsTest {
  /** Whom mails would go to. */
  @ApplicationScoped
  static class Postbag {
    private final List<ConfirmationWanted> asked = new CopyOnWriteArrayList<>();
    private final List<DestinationPaused> paused = new CopyOnWriteArrayList<>();

    void hear(@Observes ConfirmationWanted wanted) {
      asked.add(wanted);
    }

    void hear(@Observes DestinationPaused event) {
      paused.add(event);
    }

    List<ConfirmationWanted> askedOf(MailAddress address) {
      return asked.stream().filter(one -> one.destination().sameMailboxAs(address)).toList();
    }

    List<DestinationPaused> pausedOf(MailAddress address) {
      return paused.stream().filter(one -> one.destination().sameMailboxAs(address)).toList();
    }
  }

  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Forwarders forwarders;
  @Inject Destinations destinations;
  @Inject Confirmations confirmations;
  @Inject Refusals refusals;
  @Inject Recipients recipients;
  @Inject DirectoryConfig config;
  @Inject AgroalDataSource database;
  @Inject Postbag postbag;

  private Viewer.Person owner;
  private DomainInfo domain;
  private MailAddress cho;

  @BeforeEach
  void aDomain() {
    owner = fixtures.customer();
    domain = fixtures.domain(owner);
    cho = MailAddress.parse(fixtures.unique("Cho") + "@remote.test");
  }

  private ForwarderInfo forwarder(String localPart, MailAddress... targets) {
    return forwarders.create(owner, domain.id(), localPart, List.of(targets), false);
  }

  private DestinationState state() {
    return destinations.find(owner, domain.id(), cho).state();
  }

  private DestinationState routed(String localPart) {
    var found = recipients.resolve(new MailAddress(localPart, domain.name()));
    return ((Recipient.Forwarded) found).targets().getFirst().state();
  }

  private String token() {
    return postbag.askedOf(cho).getLast().token();
  }

  @Test
  void anAddressElsewhereIsAskedOnceForAnAccountAndMailFlowsWhenItAgrees() {
    var sales = forwarder("sales", cho);
    assertThat(sales.isLive()).isFalse();
    assertThat(sales.destinations())
        .containsExactly(new DestinationInfo(cho, DestinationState.WAITING, ""));
    assertThat(postbag.askedOf(cho))
        .singleElement()
        .satisfies(it -> assertThat(it.source()).isEqualTo(sales.address().toString()));
    assertThat(routed("sales")).isEqualTo(DestinationState.WAITING);
    forwarder("info", MailAddress.parse("CHO" + cho.toString().substring(3)));
    assertThat(postbag.askedOf(cho)).hasSize(1);

    assertThat(confirmations.find(token()))
        .hasValueSatisfying(
            it -> {
              assertThat(it.state()).isEqualTo(DestinationState.WAITING);
              assertThat(it.sources())
                  .containsExactly("info@" + domain.name(), "sales@" + domain.name());
            });
    assertThat(state()).isEqualTo(DestinationState.WAITING); // looking changes nothing
    confirmations.answer(token(), true);
    assertThat(state()).isEqualTo(DestinationState.CONFIRMED);
    assertThat(routed("sales")).isEqualTo(DestinationState.CONFIRMED);
    assertThat(forwarders.find(owner, sales.id()).isLive()).isTrue();
    forwarder("later", cho);
    assertThat(postbag.askedOf(cho)).hasSize(1);
    assertThat(routed("later")).isEqualTo(DestinationState.CONFIRMED);

    var other = fixtures.domain(fixtures.customer());
    var theirs = new Viewer.Person(other.accountId(), Role.CUSTOMER, other.accountLogin());
    forwarders.create(theirs, other.id(), "sales", List.of(cho), false);
    assertThat(destinations.find(theirs, other.id(), cho).state())
        .isEqualTo(DestinationState.WAITING);
  }

  @Test
  void addressesHereNeedNotBeAsked() {
    var here = fixtures.mailbox(fixtures.domain(), "ann").address();
    var sales = forwarder("sales", here);
    assertThat(sales.destinations())
        .containsExactly(new DestinationInfo(here, DestinationState.HERE, ""));
    assertThat(postbag.askedOf(here)).isEmpty();
    assertThatThrownBy(() -> destinations.ask(owner, domain.id(), here))
        .hasMessageContaining("is on this server");
  }

  @Test
  void whoDeclinesIsNotAskedAgain() {
    forwarder("sales", cho);
    confirmations.answer(token(), false);
    assertThat(state()).isEqualTo(DestinationState.DECLINED);
    assertThatThrownBy(() -> destinations.ask(owner, domain.id(), cho))
        .hasMessageContaining("does not want this mail");
    forwarder("info", cho);
    assertThat(postbag.askedOf(cho)).hasSize(1);
    confirmations.answer(token(), true); // a change of mind, with the same link
    assertThat(state()).isEqualTo(DestinationState.CONFIRMED);
    confirmations.answer(token(), false);
    assertThat(routed("info")).isEqualTo(DestinationState.DECLINED);
  }

  @Test
  void aLinkThatIsTooOldServesToDeclineOnly() throws SQLException {
    forwarder("sales", cho);
    var old = token();
    expire();
    assertThat(state()).isEqualTo(DestinationState.EXPIRED);
    confirmations.answer(old, true);
    assertThat(state()).isEqualTo(DestinationState.EXPIRED);
    destinations.ask(owner, domain.id(), cho);
    assertThat(confirmations.find(old)).isEmpty();
    expire();
    confirmations.answer(token(), false);
    confirmations.answer(token(), true);
    assertThat(state()).isEqualTo(DestinationState.DECLINED);
  }

  private void expire() throws SQLException {
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "update destination set token_expires_at = utc_timestamp(6) where address = ?")) {
      update.setString(1, cho.canonical().toString());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void aLinkThatWeNeverMadeIsNobodys() {
    forwarder("sales", cho);
    var token = token();
    char last = token.charAt(token.length() - 1);
    for (var wrong :
        new String[] {
          "",
          "x",
          "ä",
          "\0",
          token + "A",
          token.substring(1),
          "A".repeat(52),
          token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A')
        }) {
      assertThat(confirmations.find(wrong)).as(wrong).isEmpty();
      assertThat(confirmations.answer(wrong, true)).isEmpty();
    }
    assertThat(state()).isEqualTo(DestinationState.WAITING);
  }

  @Test
  void nobodyIsBombardedWhoeverAsksAndHoweverTheyAreSpelt() {
    forwarder("sales", cho);
    int allowed = config.destinations().mailsPerAddress();
    for (int i = 1; i < allowed; i++) {
      destinations.ask(owner, domain.id(), cho);
    }
    assertThat(postbag.askedOf(cho)).hasSize(allowed);
    assertThatThrownBy(() -> destinations.ask(owner, domain.id(), cho))
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            it -> assertThat(it.kind()).isEqualTo(DirectoryProblem.Kind.LIMIT));

    // another customer, with a detail: the forwarder is made, nobody is asked
    var other = fixtures.domain(fixtures.customer());
    var theirs = new Viewer.Person(other.accountId(), Role.CUSTOMER, other.accountLogin());
    var spelt = new MailAddress(cho.localPart().toUpperCase() + "+1", cho.domain());
    forwarders.create(theirs, other.id(), "sales", List.of(spelt), false);
    assertThat(postbag.askedOf(spelt)).isEmpty();
    assertThat(destinations.find(theirs, other.id(), spelt).state())
        .isEqualTo(DestinationState.UNASKED);
  }

  @Test
  void anAccountAsksSoManyADay() {
    int allowed = config.destinations().mailsPerAccount();
    for (int i = 0; i <= allowed; i++) {
      forwarder("f" + i, new MailAddress("x" + i + "-" + cho.localPart(), cho.domain()));
    }
    var last = new MailAddress("x" + allowed + "-" + cho.localPart(), cho.domain());
    assertThat(postbag.askedOf(last)).isEmpty();
    assertThatThrownBy(() -> destinations.ask(owner, domain.id(), last))
        .hasMessageContaining("tomorrow");
  }

  @Test
  void onlyWhatAForwarderLeadsToCanBeAsked() {
    assertThatThrownBy(() -> destinations.ask(owner, domain.id(), cho))
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            it -> assertThat(it.kind()).isEqualTo(DirectoryProblem.Kind.NOT_FOUND));
    forwarder("sales", cho);
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> destinations.ask(stranger, domain.id(), cho))
        .hasMessageContaining("no such domain");
    assertThatThrownBy(() -> destinations.resume(stranger, domain.id(), cho))
        .hasMessageContaining("no such domain");
  }

  @Test
  void administratorsMayAnswerForAnAddressOthersMayNot() {
    var targets = List.of(cho);
    for (var viewer : List.of(owner, fixtures.reseller())) {
      assertThatThrownBy(
              () -> forwarders.create(viewer, domain.id(), "sales", targets, false, true))
          .isInstanceOf(DirectoryProblem.class);
    }
    forwarders.create(fixtures.administrator(), domain.id(), "sales", targets, false, true);
    assertThat(routed("sales")).isEqualTo(DestinationState.CONFIRMED);
    assertThat(postbag.askedOf(cho)).isEmpty();
  }

  @Test
  void theTargetOfACatchAllIsAskedToo() {
    domains.catchAll(owner, domain.id(), cho);
    assertThat(destinations.catchAll(owner, domain.id()))
        .isEqualTo(new DestinationInfo(cho, DestinationState.WAITING, ""));
    var any = new MailAddress("any", domain.name());
    assertThat(((Recipient.CatchAll) recipients.resolve(any)).target().state())
        .isEqualTo(DestinationState.WAITING);
    assertThat(confirmations.find(token()).orElseThrow().sources())
        .containsExactly(domain.name().ascii());
    confirmations.answer(token(), true);
    assertThat(((Recipient.CatchAll) recipients.resolve(any)).target().state())
        .isEqualTo(DestinationState.CONFIRMED);
  }

  @Test
  void whoRefusesManyMessagesIsPausedUntilTheOwnerResumes() {
    forwarder("sales", cho);
    confirmations.answer(token(), true);
    for (int i = 1; i < config.destinations().refusals(); i++) {
      refuse("550 5.7.1 spam");
    }
    assertThat(state()).isEqualTo(DestinationState.CONFIRMED);
    refuse("550 5.1.1 gone");
    assertThat(state()).isEqualTo(DestinationState.PAUSED);
    assertThat(routed("sales")).isEqualTo(DestinationState.PAUSED);
    refuse("550 5.1.1 gone"); // was on its way
    assertThat(postbag.pausedOf(cho))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.domains()).containsExactly(domain.name());
              assertThat(it.lastRefusal()).isEqualTo("550 5.1.1 gone");
            });
    assertThat(destinations.paused(owner, PageRequest.first(10)).items())
        .containsExactly(
            new DestinationInfo(cho.canonical(), DestinationState.PAUSED, "550 5.1.1 gone"));
    assertThat(destinations.paused(fixtures.customer(), PageRequest.first(10)).items()).isEmpty();
    confirmations.answer(token(), true); // not theirs to resume
    assertThat(state()).isEqualTo(DestinationState.PAUSED);
    destinations.resume(owner, domain.id(), cho);
    destinations.resume(owner, domain.id(), cho);
    assertThat(state()).isEqualTo(DestinationState.CONFIRMED);
    refuse("550 5.7.1 spam"); // counted from the beginning
    assertThat(state()).isEqualTo(DestinationState.CONFIRMED);
  }

  private void refuse(String words) {
    QuarkusTransaction.requiringNew().run(() -> refusals.count(owner.accountId(), cho, words));
  }
}
