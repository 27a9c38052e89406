package dev.postroom.sending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.directory.DirectoryChange;
import dev.postroom.directory.PlanLimits;
import dev.postroom.sending.Reservation.Held;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes room for the messages of users, within all their limits. Any thread. */
@ApplicationScoped
public class Reservations {
  private static final Duration BELIEVED = Duration.ofSeconds(10);

  /** Whether a message may begin. */
  public sealed interface Answer {
    /** To be closed when the message is over, taken or not. */
    record Reserved(Reservation reservation, long accountId) implements Answer {}

    record Refused(Refusal refusal) implements Answer {}
  }

  private final RulesTable table;
  private final Windows windows;
  private final Warnings warnings;
  private final Clock clock;
  private final Cache<Long, Rules> rules;

  Reservations(
      RulesTable table, Windows windows, Warnings warnings, SendingConfig config, Clock clock) {
    this.table = table;
    this.windows = windows;
    this.warnings = warnings;
    this.clock = clock;
    this.rules =
        Caffeine.newBuilder()
            .maximumSize(config.rulesCacheSize())
            .expireAfterWrite(BELIEVED)
            .build();
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) DirectoryChange change) {
    rules.invalidateAll();
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) LimitsChanged change) {
    rules.invalidateAll();
  }

  /** Sets the room for one message of this mailbox aside. */
  public Answer message(long mailboxId) {
    return message(rules.get(mailboxId, this::look));
  }

  /**
   * The same within a part of each limit, for mail that must leave room for other mail.
   *
   * @param percent of each limit
   */
  public Answer message(long mailboxId, int percent) {
    return message(rules.get(mailboxId, this::look).within(percent));
  }

  private Answer message(Rules of) {
    var reservation =
        new Reservation(
            held(of),
            of.recipientsPerMessage(),
            clock,
            (held, now) -> warnings.sent(of.mailboxId(), held, now));
    return reservation
        .message()
        .<Answer>map(Answer.Refused::new)
        .orElseGet(() -> new Answer.Reserved(reservation, of.accountId()));
  }

  private Rules look(long mailboxId) {
    return table
        .find(mailboxId)
        .orElseGet(() -> new Rules(mailboxId, 0, List.of(), PlanLimits.UNLIMITED));
  }

  private List<Held> held(Rules of) {
    if (of.bounds().isEmpty()) {
      return List.of();
    }
    var found = windows.of(of.bounds().stream().map(Bound::scope).toList());
    var held = new ArrayList<Held>();
    for (int i = 0; i < found.size(); i++) {
      held.add(new Held(of.bounds().get(i), found.get(i)));
    }
    return held;
  }
}
