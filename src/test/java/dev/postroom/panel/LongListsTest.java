package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.postroom.browser.People;
import dev.postroom.directory.DomainInfo;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@PostroomTest
class LongListsTest {
  private static final int MAILBOXES = 5000;
  private static final Pattern ROW = Pattern.compile("<th scope=\"row\">");

  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject AgroalDataSource database;

  @Test
  void fiveThousandMailboxesArePagedAndSearchedQuickly() throws SQLException {
    var customer = people.customer();
    var domain = fixtures.domain(customer);
    fill(domain);
    var client = PanelClient.signedIn(customer);

    var first = quickly(client, "/mailboxes");
    assertThat(first).contains("1–50 of 5,000").contains("user0000@").contains("user0049@");
    assertThat(ROW.matcher(first).results().count()).isEqualTo(50);
    var last = quickly(client, "/mailboxes?page=100");
    assertThat(last).contains("4,951–5,000 of 5,000").contains("user4999@");
    assertThat(last).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
    var found = quickly(client, "/mailboxes?q=user1234");
    assertThat(ROW.matcher(found).results().count()).isOne();
    client.get("/mailboxes?page=101").then().statusCode(200).body(containsString("page=100"));
  }

  /** Warm, and generous for a busy machine: a query for each row would take far longer. */
  private static String quickly(PanelClient client, String path) {
    client.get(path);
    long begun = System.nanoTime();
    var page = client.get(path).then().statusCode(200).extract().asString();
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as(path)
        .isLessThan(Duration.ofSeconds(1));
    return page;
  }

  private void fill(DomainInfo domain) throws SQLException {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into mailbox (domain_id, local_part, display_name, quota_octets,"
                    + " login_suspended, sending_suspended, receiving_suspended,"
                    + " suspension_reason, created_at) values (?, ?, '', 1073741824, false, false,"
                    + " false, '', now(6))")) {
      for (int i = 0; i < MAILBOXES; i++) {
        insert.setLong(1, domain.id());
        insert.setString(2, "user%04d".formatted(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
