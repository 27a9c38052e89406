package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that forwarders and catch-alls of an account lead to, as its owner sees them: those
 * elsewhere take no mail before they agree, see {@link Confirmations}.
 */
@ApplicationScoped
public class Destinations {
  private final Transactions transactions;
  private final Domains domains;
  private final Confirmations confirmations;
  private final DestinationQueries queries;
  private final Clock clock;

  Destinations(
      Transactions transactions,
      Domains domains,
      Confirmations confirmations,
      DestinationQueries queries,
      Clock clock) {
    this.transactions = transactions;
    this.domains = domains;
    this.confirmations = confirmations;
    this.queries = queries;
    this.clock = clock;
  }

  /** One that a forwarder or catch-all of the domain's account leads to. */
  public DestinationInfo find(Viewer viewer, long domainId, MailAddress address) {
    return transactions.call(
        () -> {
          long accountId = domains.find(viewer, domainId).accountId();
          requireSource(accountId, address);
          return info(accountId, address);
        });
  }

  /** Where the domain's catch-all leads; null when it has none. */
  public @Nullable DestinationInfo catchAll(Viewer viewer, long domainId) {
    return transactions.call(
        () -> {
          var domain = domains.find(viewer, domainId);
          var target = domain.catchAll();
          return target == null ? null : info(domain.accountId(), target);
        });
  }

  /** Those of the viewer's that are paused, the latest first. */
  public Listing<DestinationInfo> paused(Viewer viewer, PageRequest request) {
    return transactions.call(
        () ->
            new DirectoryQuery<>(
                    "destination",
                    "Destination destination join fetch destination.account account",
                    Visible.byAccount(viewer),
                    row -> row.get(0, Destination.class))
                .where("destination.state = :state", "state", DestinationState.PAUSED)
                .page(request, "destination.changedAt desc, destination.id")
                .map(kept -> kept.info(clock.instant())));
  }

  /**
   * Asks by mail, once more where it was asked before; the link in an earlier mail is void then.
   */
  public DestinationInfo ask(Viewer viewer, long domainId, MailAddress address) {
    return transactions.call(
        () -> {
          var account = domains.locked(viewer, domainId).account;
          var source = requireSource(account.id, address);
          requireAskable(info(account.id, address));
          confirmations.ask(viewer, account, address, source);
          return info(account.id, address);
        });
  }

  private static void requireAskable(DestinationInfo asked) {
    var why =
        switch (asked.state()) {
          case UNASKED, WAITING, EXPIRED -> "";
          case HERE -> " is on this server: nobody needs to be asked.";
          case CONFIRMED -> " has agreed already.";
          case DECLINED -> " does not want this mail.";
          case PAUSED -> " is paused: resume it instead.";
        };
    if (!why.isEmpty()) {
      throw Problems.conflict("", "'" + asked.address() + "'" + why);
    }
  }

  /** Sends mail there again after it was paused. */
  public DestinationInfo resume(Viewer viewer, long domainId, MailAddress address) {
    return transactions.call(
        () -> {
          var account = domains.locked(viewer, domainId).account;
          requireSource(account.id, address);
          Destination.of(account.id, address)
              .filter(kept -> kept.state == DestinationState.PAUSED)
              .ifPresent(kept -> confirmations.set(viewer, kept, DestinationState.CONFIRMED));
          return info(account.id, address);
        });
  }

  /** What leads there; without a forwarder or catch-all that does, it is no destination. */
  private String requireSource(long accountId, MailAddress address) {
    var sources = queries.sources(accountId, address);
    if (sources.isEmpty()) {
      throw Problems.notFound("destination");
    }
    return sources.getFirst();
  }

  private DestinationInfo info(long accountId, MailAddress address) {
    Panache.getSession().flush();
    if (queries.here(Set.of(address.domain())).contains(address.domain())) {
      return new DestinationInfo(address, DestinationState.HERE, "");
    }
    return Destination.of(accountId, address)
        .map(kept -> new DestinationInfo(address, kept.state(clock.instant()), kept.lastRefusal))
        .orElseGet(() -> new DestinationInfo(address, DestinationState.UNASKED, ""));
  }
}
