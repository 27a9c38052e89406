package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Pauses destinations that are not there any more, and tells their owner. */
@ApplicationScoped
public class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final int MAX_WORDS = 1000;

  private final DestinationQueries queries;
  private final Changed changed;
  private final Event<DestinationPaused> paused;
  private final DirectoryConfig.Destinations config;
  private final Clock clock;

  Refusals(
      DestinationQueries queries,
      Changed changed,
      Event<DestinationPaused> paused,
      DirectoryConfig config,
      Clock clock) {
    this.queries = queries;
    this.changed = changed;
    this.paused = paused;
    this.config = config.destinations();
    this.clock = clock;
  }

  /**
   * A message that a forwarder or catch-all of the account sent there was refused for good, because
   * of the address. Inside the caller's transaction.
   *
   * @param words of the server there
   */
  public void count(long accountId, MailAddress address, String words) {
    var destination =
        Destination.<Destination>find(
                "account.id = ?1 and address = ?2 and state = ?3",
                accountId,
                address.canonical().toString(),
                DestinationState.CONFIRMED)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .firstResult();
    if (destination == null) {
      return; // paused already, or on this server by now
    }
    count(destination, words);
    if (destination.refusals >= config.refusals()) {
      pause(accountId, destination);
    }
    Panache.getSession().flush();
  }

  private void count(Destination destination, String words) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (isOver(destination.refusedSince, now)) {
      destination.refusals = 0;
      destination.refusedSince = now;
    }
    destination.refusals++;
    destination.lastRefusal = words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) : words;
  }

  private boolean isOver(@Nullable Instant since, Instant now) {
    return since == null || since.plus(config.refusalWindow()).isBefore(now);
  }

  private void pause(long accountId, Destination destination) {
    int refusals = destination.refusals;
    var address = destination.mailAddress();
    destination.become(DestinationState.PAUSED, clock.instant().truncatedTo(ChronoUnit.MICROS));
    changed.updated(
        Viewer.SERVER, Subject.DESTINATION, destination.id, destination.address, "paused");
    LOG.infof("paused: %s refused %d messages", address, refusals);
    paused.fire(
        new DestinationPaused(
            address, domains(accountId, address), refusals, destination.lastRefusal));
  }

  private List<DomainName> domains(long accountId, MailAddress address) {
    return queries.sources(accountId, address).stream()
        .map(source -> DomainName.of(source.substring(source.lastIndexOf('@') + 1)))
        .distinct()
        .toList();
  }
}
