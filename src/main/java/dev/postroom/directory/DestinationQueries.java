package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What several places ask about destinations, inside the caller's transaction. */
@ApplicationScoped
class DestinationQueries {
  private static final int MAX_SOURCES = 20;

  private static final String OF_FORWARDERS =
      """
      select t.forwarder_id, t.address, h.id, x.state, x.token_expires_at, x.last_refusal
      from forwarder_target t
      join forwarder f on f.id = t.forwarder_id
      join domain d on d.id = f.domain_id
      left join domain h on h.name = lower(substring_index(t.address, '@', -1))
        and h.control <> 'UNPROVEN'
      left join destination x on x.account_id = d.account_id and x.address = lower(t.address)
      where t.forwarder_id in (:forwarders)
      order by t.forwarder_id, t.position
      """;
  private static final String SOURCES =
      """
      select concat(f.local_part, '@', d.name) source
      from forwarder_target t
      join forwarder f on f.id = t.forwarder_id
      join domain d on d.id = f.domain_id
      where d.account_id = :account and lower(t.address) = :address
      union
      select d.name source from domain d
      where d.account_id = :account and lower(d.catch_all) = :address
      order by source
      """;

  private final Clock clock;

  DestinationQueries(Clock clock) {
    this.clock = clock;
  }

  /** Which of these domains take mail on this server. */
  Set<DomainName> here(Set<DomainName> domains) {
    if (domains.isEmpty()) {
      return Set.of();
    }
    return Panache.getSession()
        .createSelectionQuery(
            "select name from Domain where name in :names and control <> :unproven", String.class)
        .setParameter("names", domains.stream().map(DomainName::ascii).toList())
        .setParameter("unproven", DomainInfo.Control.UNPROVEN)
        .getResultStream()
        .map(DomainName::new)
        .collect(Collectors.toSet());
  }

  /** Where each of these forwarders leads, in one query. */
  Map<Long, List<DestinationInfo>> ofForwarders(Collection<Long> forwarders) {
    var found = new HashMap<Long, List<DestinationInfo>>();
    if (forwarders.isEmpty()) {
      return found;
    }
    Panache.getSession().flush();
    var now = clock.instant();
    Panache.getSession()
        .createNativeQuery(OF_FORWARDERS, Tuple.class)
        .addScalar("forwarder_id", Long.class)
        .addScalar("address", String.class)
        .addScalar("id", Long.class)
        .addScalar("state", String.class)
        .addScalar("token_expires_at", Instant.class)
        .addScalar("last_refusal", String.class)
        .setParameterList("forwarders", forwarders)
        .getResultStream()
        .forEach(
            row ->
                found
                    .computeIfAbsent(row.get(0, Long.class), _ -> new ArrayList<>())
                    .add(info(row, now)));
    return found;
  }

  private static DestinationInfo info(Tuple row, Instant now) {
    var address = MailAddress.parse(row.get(1, String.class));
    if (row.get(2, Long.class) != null) {
      return new DestinationInfo(address, DestinationState.HERE, "");
    }
    var refusal = row.get(5, String.class);
    return new DestinationInfo(
        address,
        DestinationState.of(row.get(3, String.class), row.get(4, Instant.class), now),
        refusal == null ? "" : refusal);
  }

  /**
   * What of the account leads there: forwarders by address, catch-alls by domain; the first few.
   */
  List<String> sources(long accountId, MailAddress destination) {
    Panache.getSession().flush();
    return Panache.getSession()
        .createNativeQuery(SOURCES, String.class)
        .setParameter("account", accountId)
        .setParameter("address", destination.canonical().toString())
        .setMaxResults(MAX_SOURCES)
        .getResultList();
  }
}
