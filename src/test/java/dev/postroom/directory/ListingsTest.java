package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.DomainName;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Long lists: searched, in pages, in a stable order, with few queries. */
@PostroomTest
class ListingsTest {
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject Accounts accounts;
  @Inject SessionFactory sessions;

  @Test
  void pagesTogetherAreTheWholeListInOrder() {
    var domain = fixtures.domain();
    for (int i : IntStream.range(0, 25).map(i -> i * 7 % 25).toArray()) {
      mailboxes.create(Viewer.SERVER, domain.id(), "box%02d".formatted(i), "", null);
    }
    var all = new ArrayList<String>();
    for (int page = 1; page <= 4; page++) {
      var listing = mailboxes.list(Viewer.SERVER, domain.id(), new PageRequest("", page, 10));
      assertThat(listing.total()).isEqualTo(25);
      assertThat(listing.pages()).isEqualTo(3);
      listing.items().forEach(mailbox -> all.add(mailbox.address().localPart()));
    }
    assertThat(all)
        .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj("box%02d"::formatted).toList());
  }

  @Test
  void aSearchTakesWhatWasTypedLiterally() {
    var customer = fixtures.customer();
    var domain = fixtures.domain(customer);
    mailboxes.create(customer, domain.id(), "a_b", "Ann 100% Lee", null);
    mailboxes.create(customer, domain.id(), "axb", "Ben!", null);
    assertThat(found(customer, "A_B")).containsExactly("a_b");
    assertThat(found(customer, "100%")).containsExactly("a_b");
    assertThat(found(customer, "%")).containsExactly("a_b");
    assertThat(found(customer, "!")).containsExactly("axb");
    assertThat(found(customer, "b@" + domain.name())).containsExactly("a_b", "axb");
    assertThat(found(customer, " ann ")).containsExactly("a_b");
    assertThat(found(customer, "' or 1=1")).isEmpty();
    assertThat(found(customer, "\\")).isEmpty();
  }

  private List<String> found(Viewer viewer, String search) {
    return mailboxes.list(viewer, null, new PageRequest(search, 1, 10)).items().stream()
        .map(mailbox -> mailbox.address().localPart())
        .toList();
  }

  @Test
  void countsAreThoseOfEachDomain() {
    var customer = fixtures.customer();
    var first = domains.create(customer, DomainName.of(fixtures.unique("a") + ".test"), null);
    domains.create(customer, DomainName.of(fixtures.unique("b") + ".test"), null);
    mailboxes.create(customer, first.id(), "ann", "", null);
    mailboxes.create(customer, first.id(), "ben", "", null);
    fixtures.forwarder(first, "sales", "x@example.net");
    assertThat(domains.list(customer, PageRequest.first(10)).items())
        .extracting(DomainInfo::mailboxes, DomainInfo::forwarders)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, 1L),
            org.assertj.core.groups.Tuple.tuple(0L, 0L));
    assertThat(accounts.find(customer, customer.accountId()).domains()).isEqualTo(2);
  }

  @Test
  void aPageCostsTheSameQueriesHoweverLongItIs() {
    var reseller = fixtures.reseller();
    for (int i = 0; i < 5; i++) {
      var domain = fixtures.domain(fixtures.customerOf(reseller));
      for (int j = 0; j < 3; j++) {
        fixtures.forwarder(domain, "f" + j, "x@example.net", "y@example.net");
        mailboxes.create(Viewer.SERVER, domain.id(), "m" + j, "", null);
      }
    }
    var page = PageRequest.first(100);
    assertThat(queries(() -> domains.list(reseller, page))).isEqualTo(2);
    assertThat(queries(() -> mailboxes.list(reseller, null, page))).isEqualTo(2);
    assertThat(queries(() -> accounts.list(reseller, page))).isEqualTo(2);
    assertThat(queries(() -> forwarders.list(reseller, null, page)))
        .as("one more for the targets")
        .isEqualTo(3);
  }

  private long queries(Runnable work) {
    var statistics = sessions.getStatistics();
    statistics.setStatisticsEnabled(true);
    long before = statistics.getPrepareStatementCount();
    work.run();
    long after = statistics.getPrepareStatementCount();
    statistics.setStatisticsEnabled(false);
    return after - before;
  }
}
