package dev.postroom.tlspolicy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Viewer;
import dev.postroom.dnscheck.RecordCheck;
import dev.postroom.dnscheck.WantedRecord;
import dev.postroom.dnscheck.WantedRecord.Purpose;
import dev.postroom.dnscheck.WantedRecord.State;
import dev.postroom.sts.InvalidPolicyException;
import dev.postroom.sts.StsPolicy;
import dev.postroom.sts.StsPolicy.Mode;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8461 §3, from the side of the domain. */
@PostroomTest
class PublishedPoliciesTest {
  private static final String FILE = "/.well-known/mta-sts.txt";

  @Inject PublishedPolicies policies;
  @Inject Domains domains;
  @Inject RecordCheck records;
  @Inject Fixtures fixtures;
  private DomainInfo domain;

  @BeforeEach
  void addDomain() {
    domain = fixtures.domain();
  }

  private String file(int status) {
    return given()
        .header("Host", "mta-sts." + domain.name())
        .get(FILE)
        .then()
        .statusCode(status)
        .extract()
        .asString();
  }

  private WantedRecord wanted(Purpose purpose) {
    return records.records(Viewer.SERVER, domain.id()).stream()
        .filter(record -> record.purpose() == purpose)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDomainPublishesNothingUntilItsOwnerSaysSo() {
    file(404);
    assertThat(policies.find(Viewer.SERVER, domain.id())).isEmpty();
    assertThat(records.records(Viewer.SERVER, domain.id()))
        .extracting(WantedRecord::purpose)
        .containsExactly(Purpose.RECEIVE, Purpose.SEND);
  }

  @Test
  void theFileIsAPolicyThatNamesThisServer() throws InvalidPolicyException {
    policies.publish(Viewer.SERVER, domain.id(), Mode.ENFORCE);
    given()
        .header("Host", "mta-sts." + domain.name())
        .get(FILE)
        .then()
        .statusCode(200)
        .contentType("text/plain");
    var policy = StsPolicy.parse(file(200));
    assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(policy.names("mail.postroom.test")).isTrue();
    assertThat(policy.maxAge()).hasDays(14);
    policies.publish(Viewer.SERVER, domain.id(), Mode.NONE);
    assertThat(StsPolicy.parse(file(200)).mode()).as("RFC 8461 §8.3").isEqualTo(Mode.NONE);
  }

  @Test
  void theHostThatIsAskedChoosesTheDomain() {
    policies.publish(Viewer.SERVER, domain.id(), Mode.TESTING);
    for (var host :
        new String[] {domain.name().ascii(), "mta-sts.elsewhere.test", "mta-sts.", "x"}) {
      given().header("Host", host).get(FILE).then().statusCode(404);
    }
  }

  @Test
  void anotherFileHasAnotherId() {
    var testing = policies.publish(Viewer.SERVER, domain.id(), Mode.TESTING);
    var enforced = policies.publish(Viewer.SERVER, domain.id(), Mode.ENFORCE);
    assertThat(testing.id()).isNotEqualTo(enforced.id()).matches("[0-9a-f]{20}");
    assertThat(policies.find(Viewer.SERVER, domain.id())).contains(enforced);
  }

  @Test
  void theRecordsThatGoWithItAreChecked() {
    var name = domain.name().ascii();
    var policy = policies.publish(Viewer.SERVER, domain.id(), Mode.TESTING);
    assertThat(wanted(Purpose.POLICY).state()).isEqualTo(State.MISSING);
    PostroomServer.dns()
        .txt("_mta-sts." + name, "v=STSv1;id=" + policy.id())
        .txt("_smtp._tls." + name, "v=TLSRPTv1; rua=mailto:somebody@else.example")
        .address("mta-sts." + name, "192.0.2.80");
    assertThat(wanted(Purpose.POLICY).state()).isEqualTo(State.PUBLISHED);
    assertThat(wanted(Purpose.REPORTS).state()).isEqualTo(State.DIFFERS);
    assertThat(wanted(Purpose.REPORTS).value())
        .isEqualTo("v=TLSRPTv1; rua=mailto:tls-reports@" + name);
    assertThat(wanted(Purpose.POLICY_HOST).state()).isEqualTo(State.DIFFERS);
    policies.publish(Viewer.SERVER, domain.id(), Mode.ENFORCE);
    assertThat(wanted(Purpose.POLICY).state()).as("the id of before").isEqualTo(State.DIFFERS);
  }

  @Test
  void nobodySpeaksForSomebodyElsesDomain() {
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> policies.publish(stranger, domain.id(), Mode.ENFORCE))
        .isInstanceOf(DirectoryProblem.class);
    assertThatThrownBy(() -> policies.find(stranger, domain.id()))
        .isInstanceOf(DirectoryProblem.class);
    assertThat(policies.find(Viewer.SERVER, domain.id())).isEmpty();
  }

  @Test
  void itGoesWithItsDomain() {
    policies.publish(Viewer.SERVER, domain.id(), Mode.ENFORCE);
    domains.remove(Viewer.SERVER, domain.id());
    file(404);
  }
}
