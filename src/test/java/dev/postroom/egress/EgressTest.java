package dev.postroom.egress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.outbound.Login;
import dev.postroom.outbound.TlsMode;
import dev.postroom.outbound.Way;
import dev.postroom.outbound.Ways;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@PostroomTest
class EgressTest {
  private static final String EGRESS = "/api/v1/egress/";
  private static final RelayRule RELAY =
      new RelayRule("smtp.relay.example", 587, RelayTls.VERIFIED, "me");
  private static final Wanted NOTHING = new Wanted(null, null, "", "");

  @Inject Egress egress;
  @Inject Ways ways;
  @Inject Vault vault;
  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject AgroalDataSource database;

  private Way way(Viewer.Person account, String sender) {
    return ways.of(account.accountId(), ReversePath.of(MailAddress.parse(sender)));
  }

  private static Way.Relay relay(Way way) {
    return Objects.requireNonNull(way.relay());
  }

  private static Wanted wanted(RelayRule relay, @Nullable String password) {
    return new Wanted(relay, password, "", "");
  }

  @Test
  void whatIsSetForADomainGoesBeforeItsAccountAndThatBeforeItsReseller() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    var domain = fixtures.domain(customer);
    var ann = "ann@" + domain.name().ascii();
    assertThat(way(customer, ann)).isEqualTo(Way.CONFIGURED);
    egress.change(reseller, new Subject.Account(reseller.accountId()), wanted(RELAY, "s3cret"));
    assertThat(way(customer, ann).relay())
        .isEqualTo(
            new Way.Relay(
                "smtp.relay.example", 587, TlsMode.VERIFIED, new Login("me", "s3cret"), false));
    var own = new RelayRule("other.example", 25, RelayTls.REQUIRED, "");
    egress.change(reseller, new Subject.Domain(domain.id()), wanted(own, null));
    var given = new Wanted(null, null, "127.0.0.2", "");
    egress.change(Viewer.SERVER, new Subject.Account(customer.accountId()), given);
    assertThat(relay(way(customer, ann)).host()).isEqualTo("other.example");
    assertThat(way(customer, ann).source4()).isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
    assertThat(relay(way(customer, "x@elsewhere.example")).host()).isEqualTo(RELAY.host());
    assertThat(ways.of(null, ReversePath.NULL)).isEqualTo(Way.CONFIGURED);
    assertThat(relay(ways.of(customer.accountId(), ReversePath.NULL)).host())
        .isEqualTo(RELAY.host());
    egress.change(reseller, new Subject.Domain(domain.id()), NOTHING);
    assertThat(relay(way(customer, ann)).host()).isEqualTo(RELAY.host());
    egress.change(reseller, new Subject.Account(reseller.accountId()), NOTHING);
  }

  @Test
  void aPasswordIsSealedAndKeptForTheSameHostAndLoginOnly() throws SQLException {
    var customer = fixtures.customer();
    var subject = new Subject.Account(customer.accountId());
    egress.change(Viewer.SERVER, subject, wanted(RELAY, "grüne-ente"));
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT relay_password FROM egress WHERE account_id = " + customer.accountId());
        var row = select.executeQuery()) {
      assertThat(row.next()).isTrue();
      var sealed = row.getBytes(1);
      assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("ente");
      assertThat(vault.open(RELAY, sealed)).contains("grüne-ente");
      assertThat(vault.open(new RelayRule("evil.example", 587, RelayTls.VERIFIED, "me"), sealed))
          .isEmpty();
    }
    var otherPort = new RelayRule(RELAY.host(), 2587, RelayTls.REQUIRED, "me");
    egress.change(Viewer.SERVER, subject, wanted(otherPort, null));
    assertThat(relay(way(customer, "a@b.example")).login())
        .isEqualTo(new Login("me", "grüne-ente"));
    var otherHost = new RelayRule("evil.example", 587, RelayTls.VERIFIED, "me");
    assertThatThrownBy(() -> egress.change(Viewer.SERVER, subject, wanted(otherHost, null)))
        .isInstanceOf(DirectoryProblem.class)
        .hasMessage("Enter the password for this login.");
  }

  @Test
  void customersAskAndResellersDecideForTheirOwnOnly() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    var domain = fixtures.domain(customer);
    var subject = new Subject.Domain(domain.id());
    assertThat(egress.find(customer, subject).mayChangeRelay()).isFalse();
    assertThatThrownBy(() -> egress.change(customer, subject, wanted(RELAY, "x")))
        .hasMessageContaining("provider");
    assertThatThrownBy(() -> egress.find(fixtures.reseller(), subject))
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.NOT_FOUND));
    assertThatThrownBy(
            () -> egress.change(reseller, subject, new Wanted(null, null, "127.0.0.2", "")))
        .hasMessageContaining("provider");
    var administrator = new Viewer.Person(1, Role.ADMINISTRATOR, "admin");
    egress.change(administrator, subject, wanted(RELAY, "x"));
    assertThatThrownBy(() -> egress.change(reseller, subject, NOTHING))
        .hasMessageContaining("provider");
  }

  @Test
  void whoMayNotChangeTheRelayReadsThatThereIsOneAndNoMore() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    var domain = fixtures.domain(customer);
    var subject = new Subject.Domain(domain.id());
    egress.change(reseller, subject, wanted(RELAY, "s3cret"));
    assertThat(egress.find(reseller, subject).relay()).isEqualTo(RELAY);
    var seen = Objects.requireNonNull(egress.find(customer, subject).relay());
    assertThat(seen).isEqualTo(RelayRule.HIDDEN);
    var path = EGRESS + "domains/" + domain.name().ascii();
    as(customer)
        .get(path)
        .then()
        .statusCode(200)
        .body("relay", notNullValue())
        .body("relay.host", nullValue())
        .body("relay.login", nullValue())
        .body("mayChangeRelay", equalTo(false));
    as(customer).body("{}").put(path).then().statusCode(403);
    assertThat(way(customer, "ann@" + domain.name().ascii()).relay()).isNotNull();
  }

  @Test
  void whatCannotBeIsTurnedDown() {
    var subject = new Subject.Account(fixtures.customer().accountId());
    assertWrong(subject, new RelayRule("not a host", 587, RelayTls.VERIFIED, ""), "host");
    assertWrong(subject, new RelayRule("http://x", 587, RelayTls.VERIFIED, ""), "host");
    assertWrong(subject, new RelayRule("a.example", 0, RelayTls.VERIFIED, ""), "port");
    assertWrong(subject, new RelayRule("a.example", 65_536, RelayTls.VERIFIED, ""), "port");
    assertWrong(subject, new RelayRule("a.example", 587, RelayTls.OPPORTUNISTIC, "me"), "tls");
    assertThatThrownBy(
            () -> egress.change(Viewer.SERVER, subject, new Wanted(null, null, "192.0.2.9", "")))
        .hasMessageContaining("none of the addresses");
  }

  private void assertWrong(Subject subject, RelayRule relay, String field) {
    assertThatThrownBy(() -> egress.change(Viewer.SERVER, subject, wanted(relay, "x")))
        .isInstanceOfSatisfying(
            DirectoryProblem.class, problem -> assertThat(problem.field()).isEqualTo(field));
  }

  private RequestSpecification as(Viewer.Person person) {
    var token = tokens.create(Viewer.SERVER, person.accountId(), "test").secret();
    return given().auth().oauth2(token).contentType(ContentType.JSON);
  }

  @Test
  void theApiShowsAllButThePassword() {
    var administrator = fixtures.administrator();
    var domain = fixtures.domain(fixtures.customer());
    var path = EGRESS + "domains/" + domain.name().ascii();
    as(administrator)
        .body(
            "{\"relay\": {\"host\": \"SMTP.relay.example\", \"login\": \"me\", \"password\":"
                + " \"s3cret\"}, \"source4\": \"127.0.0.2\"}")
        .put(path)
        .then()
        .statusCode(200)
        .body("relay.port", equalTo(587))
        .body("relay.tls", equalTo("verified"))
        .body(not(containsString("s3cret")));
    as(administrator)
        .get(path)
        .then()
        .statusCode(200)
        .body("relay.host", equalTo("smtp.relay.example"))
        .body("source4", equalTo("127.0.0.2"))
        .body("sources", contains("127.0.0.2"));
    as(administrator).body("{}").put(path).then().statusCode(200).body("relay", nullValue());
    as(administrator)
        .body("{\"relay\": {\"host\": \"a b\"}}")
        .put(path)
        .then()
        .statusCode(422)
        .body("field", equalTo("host"));
    as(fixtures.customer()).get(path).then().statusCode(404);
  }
}
