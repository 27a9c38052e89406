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
    assertThat(queries(() -> domains.list(reseller, page))).isEqualTo(3);
    assertThat(queries(() -> mailboxes.list(reseller, null, page))).isEqualTo(2);
    assertThat(queries(() -> accounts.list(reseller, page))).isEqualTo(3);
    assertThat(queries(() -> forwarders.list(reseller, null, page)))
        .as("one more for the targets")
        .isEqualTo(3);
  }

  @Test
  void pagesOfMailboxesGoOnFromDomainToDomain() {
    var customer = fixtures.customer();
    var prefix = fixtures.unique("d");
    for (var name : List.of("c", "a", "b")) {
      var domain = domains.create(customer, DomainName.of(prefix + name + ".test"), null);
      for (var local : List.of("x3", "x1", "x2", "other")) {
        mailboxes.create(customer, domain.id(), local, "", null);
      }
    }
    var all = addresses(customer, new PageRequest("x", 1, 100));
    assertThat(all).hasSize(9).isSorted();
    for (int size = 1; size <= 10; size++) {
      var read = new ArrayList<String>();
      for (int page = 1; page <= 9 / size + 2; page++) {
        read.addAll(addresses(customer, new PageRequest("x", page, size)));
      }
      assertThat(read).as("pages of %d", size).isEqualTo(all);
    }
    assertThat(mailboxes.list(customer, null, new PageRequest("x", 2, 4)).total()).isEqualTo(9);
    assertThat(mailboxes.count(customer)).isEqualTo(12);
  }

  /** Domain first, as they are listed. */
  private List<String> addresses(Viewer viewer, PageRequest request) {
    return mailboxes.list(viewer, null, request).items().stream()
        .map(it -> it.address().domain().ascii() + " " + it.address().localPart())
        .toList();
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
