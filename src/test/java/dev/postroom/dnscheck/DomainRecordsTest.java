package dev.postroom.dnscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.DomainInfo.Control;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Viewer;
import dev.postroom.dnscheck.ControlResult.Evidence;
import dev.postroom.dnscheck.WantedRecord.Purpose;
import dev.postroom.dnscheck.WantedRecord.State;
import dev.postroom.mail.DomainName;
import dev.postroom.testing.DnsServer.Behaviour;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class DomainRecordsTest {
  @Inject ControlCheck control;
  @Inject RecordCheck records;
  @Inject Domains domains;
  @Inject Fixtures fixtures;

  private Viewer.Person customer;
  private DomainInfo domain;
  private String name;

  @BeforeEach
  void addDomain() {
    customer = fixtures.customer();
    name = fixtures.unique("claimed") + ".example";
    domain = domains.create(customer, DomainName.of(name), null);
    assertThat(domain.control()).isEqualTo(Control.UNPROVEN);
  }

  private void publishToken() {
    PostroomServer.dns().txt("_postroom." + name, "postroom-verification=" + domain.controlToken());
  }

  private boolean takesMail() {
    return domains.find(customer, domain.id()).takesMail();
  }

  @Test
  void theTokenProvesControl() {
    PostroomServer.dns().txt("_postroom." + name, "something else");
    publishToken();
    assertThat(control.check(customer, domain.id()))
        .isEqualTo(new ControlResult.Proven(Evidence.TOKEN));
    assertThat(takesMail()).isTrue();
  }

  @Test
  void anMxRecordThatPointsHereProvesControl() {
    PostroomServer.dns().mx(name, 20, "MAIL.postroom.test");
    assertThat(control.check(customer, domain.id()))
        .isEqualTo(new ControlResult.Proven(Evidence.MX));
    assertThat(takesMail()).isTrue();
  }

  @Test
  void withoutEitherItSaysWhatIsThereAndWhatToDo() {
    PostroomServer.dns().mx(name, 10, "mx.other.example");
    PostroomServer.dns().txt("_postroom." + name, "postroom-verification=wrong");
    assertThat(control.check(customer, domain.id()))
        .isInstanceOfSatisfying(
            ControlResult.NotYet.class,
            notYet -> {
              assertThat(notYet.found())
                  .contains("'postroom-verification=wrong'", "its mail goes to mx.other.example");
              assertThat(notYet.advice())
                  .contains("_postroom." + name, domain.controlToken(), "mail.postroom.test");
            });
    assertThat(takesMail()).isFalse();
  }

  @Test
  void aDomainThatIsNotInTheDnsIsToldSo() {
    assertThat(control.check(customer, domain.id()))
        .isInstanceOfSatisfying(
            ControlResult.NotYet.class,
            notYet -> assertThat(notYet.found()).contains("is not in the DNS"));
  }

  @Test
  void theTokenOfAnotherDomainProvesNothing() {
    var other =
        domains.create(customer, DomainName.of(fixtures.unique("other") + ".example"), null);
    PostroomServer.dns().txt("_postroom." + name, "postroom-verification=" + other.controlToken());
    assertThat(control.check(customer, domain.id())).isInstanceOf(ControlResult.NotYet.class);
  }

  @Test
  void troubleWithTheDnsIsNotHeldAgainstTheDomain() {
    PostroomServer.dns().behave("_postroom." + name, Behaviour.SERVFAIL);
    assertThat(control.check(customer, domain.id())).isInstanceOf(ControlResult.DnsTrouble.class);
    PostroomServer.dns().mx(name, 10, "mail.postroom.test");
    assertThat(control.check(customer, domain.id()))
        .as("one proof is enough")
        .isEqualTo(new ControlResult.Proven(Evidence.MX));
  }

  @Test
  void onlyTheOwnerMayCheck() {
    publishToken();
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> control.check(stranger, domain.id()))
        .isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(() -> records.records(stranger, domain.id()))
        .isInstanceOf(DirectoryProblem.class);
    assertThat(takesMail()).isFalse();
  }

  private Map<Purpose, State> states() {
    return records.records(customer, domain.id()).stream()
        .collect(Collectors.toMap(WantedRecord::purpose, WantedRecord::state));
  }

  @Test
  void recordsAreMissingThenDifferentThenPublished() {
    assertThat(states())
        .isEqualTo(
            Map.of(
                Purpose.CONTROL, State.MISSING,
                Purpose.RECEIVE, State.MISSING,
                Purpose.SEND, State.MISSING));
    var dns = PostroomServer.dns();
    dns.mx(name, 10, "mx.other.example").txt(name, "v=spf1 mx -all").txt(name, "unrelated");
    dns.txt("_postroom." + name, "wrong");
    assertThat(states())
        .isEqualTo(
            Map.of(
                Purpose.CONTROL, State.DIFFERS,
                Purpose.RECEIVE, State.DIFFERS,
                Purpose.SEND, State.DIFFERS));
    dns.mx(name, 5, "mail.postroom.test");
    assertThat(states()).containsEntry(Purpose.RECEIVE, State.PUBLISHED);
    assertThat(states()).as("mx is this server now").containsEntry(Purpose.SEND, State.PUBLISHED);
    dns.txt(name, "v=spf1 -all");
    assertThat(states()).as("two of them are an error").containsEntry(Purpose.SEND, State.DIFFERS);
    dns.behave(name, Behaviour.SERVFAIL);
    assertThat(states()).containsEntry(Purpose.RECEIVE, State.UNKNOWN);
  }

  @Test
  void whatToPublishIsInTheFormOfAZoneFile() {
    var wanted = records.records(customer, domain.id());
    assertThat(wanted)
        .extracting(WantedRecord::name, WantedRecord::type, WantedRecord::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "_postroom." + name, "TXT", "postroom-verification=" + domain.controlToken()),
            org.assertj.core.groups.Tuple.tuple(name, "MX", "10 mail.postroom.test"),
            org.assertj.core.groups.Tuple.tuple(
                name, "TXT", "v=spf1 mx a:mail.postroom.test ~all"));
  }
}
