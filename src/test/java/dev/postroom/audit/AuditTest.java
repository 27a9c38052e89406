package dev.postroom.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.auth.ApiTokens;
import dev.postroom.auth.Passwords;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@PostroomTest
class AuditTest {
  @Inject Fixtures fixtures;
  @Inject Accounts accounts;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Passwords passwords;
  @Inject ApiTokens tokens;
  @Inject AuditTrail trail;
  @Inject AuditRetention retention;
  @Inject AgroalDataSource database;

  private List<AuditEntry> entries(Viewer viewer, String search) {
    return trail.list(viewer, new PageRequest(search, 1, 100)).items();
  }

  private List<String> actions(Viewer viewer, String search) {
    return entries(viewer, search).stream().map(e -> e.action() + " " + e.subject()).toList();
  }

  @Test
  void everyChangeHasItsEntryTheNewestFirst() {
    var customer = fixtures.customer();
    var domain = fixtures.domain(customer);
    var name = domain.name().ascii();
    var ann = mailboxes.create(customer, domain.id(), "ann", "", null);
    passwords.setForMailbox(customer, ann.id(), Fixtures.PASSWORD);
    mailboxes.suspend(customer, ann.id(), new Suspension(true, false, false, "left us"));
    fixtures.forwarder(domain, "sales", "ann@" + name);
    var token = tokens.create(customer, customer.accountId(), "billing").token();
    tokens.revoke(customer, token.id());
    domains.catchAll(customer, domain.id(), MailAddress.parse("ann@" + name));
    domains.remove(customer, domain.id());

    assertThat(actions(customer, ""))
        .containsExactly(
            "domain.removed " + name,
            "mailbox.removed ann@" + name,
            "domain.updated " + name,
            "token.revoked " + customer.login(),
            "token.created " + customer.login(),
            "forwarder.created sales@" + name,
            "mailbox.suspended ann@" + name,
            "password.changed ann@" + name,
            "mailbox.created ann@" + name,
            "domain.created " + name,
            "account.created " + customer.login());
    assertThat(entries(customer, "suspended").getFirst().detail()).isEqualTo("left us");
    assertThat(entries(customer, "token").getFirst().detail()).isEqualTo("billing");
    assertThat(entries(customer, "").toString()).doesNotContain(Fixtures.PASSWORD);
  }

  @Test
  void whatIsUndoneHasNoEntry() {
    var customer = fixtures.customer();
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          tokens.create(customer, customer.accountId(), "not to be");
                          throw new IllegalStateException("undone");
                        }))
        .hasMessage("undone");
    assertThat(entries(customer, "not to be")).isEmpty();
  }

  @Test
  void everybodyReadsTheirOwnPartAndTheProvidersNameStaysItsOwn() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    var stranger = fixtures.customer();
    var name = fixtures.domain(customer).name().ascii();
    tokens.create(reseller, customer.accountId(), "set up for you");

    assertThat(actions(customer, name)).containsExactly("domain.created " + name);
    assertThat(actions(reseller, name)).containsExactly("domain.created " + name);
    assertThat(actions(fixtures.administrator(), name)).containsExactly("domain.created " + name);
    assertThat(actions(stranger, name)).isEmpty();
    assertThat(actions(new Viewer.MailboxUser(1, MailAddress.parse("a@" + name)), name)).isEmpty();

    assertThat(entries(customer, "set up").getFirst())
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEmpty();
              assertThat(entry.who()).isEqualTo(AuditEntry.Who.RESELLER);
            });
    assertThat(entries(reseller, "set up").getFirst().actor()).isEqualTo(reseller.login());

    accounts.remove(reseller, customer.accountId());
    assertThat(actions(reseller, name)).contains("domain.removed " + name);
  }

  @Test
  void aSearchDoesNotTakeSignsForWildcards() {
    var customer = fixtures.customer();
    tokens.create(customer, customer.accountId(), "100% sure");
    assertThat(entries(customer, "0% S")).hasSize(1);
    assertThat(entries(customer, "1%e")).isEmpty();
  }

  @Test
  void aCallSaysWhichTokenItCameWithAndFromWhere() {
    var customer = fixtures.customer();
    var secret = tokens.create(customer, customer.accountId(), "provisioning").secret();
    given()
        .auth()
        .oauth2(secret)
        .contentType(ContentType.JSON)
        .body("{\"label\": \"second\"}")
        .post("/api/v1/accounts/" + customer.accountId() + "/tokens")
        .then()
        .statusCode(201);
    assertThat(entries(customer, "second").getFirst())
        .satisfies(
            entry -> {
              assertThat(entry.way()).isEqualTo(Way.API);
              assertThat(entry.credential()).isEqualTo("provisioning");
              assertThat(entry.address()).isEqualTo("127.0.0.1");
            });
    given()
        .auth()
        .oauth2(secret)
        .get("/api/v1/audit?search=second")
        .then()
        .statusCode(200)
        .body("total", org.hamcrest.Matchers.equalTo(1))
        .body("items[0].action", org.hamcrest.Matchers.equalTo("token.created"))
        .body("items[0].actorKind", org.hamcrest.Matchers.equalTo("customer"));
  }

  @Test
  void oldEntriesAreForgottenAndYoungerOnesStay() throws SQLException {
    var customer = fixtures.customer();
    tokens.create(customer, customer.accountId(), "old");
    tokens.create(customer, customer.accountId(), "young");
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "UPDATE audit_entry SET at = 1000 WHERE account_id = ? AND detail = 'old'")) {
      update.setLong(1, customer.accountId());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    assertThat(retention.forget(Instant.ofEpochMilli(1001))).isEqualTo(1);
    assertThat(entries(customer, "old")).isEmpty();
    assertThat(entries(customer, "young")).hasSize(1);
  }
}
