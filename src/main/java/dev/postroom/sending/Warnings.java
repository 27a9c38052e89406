package dev.postroom.sending;

import dev.postroom.directory.PlanLimits;
import dev.postroom.sending.Reservation.Held;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** Notices who comes near a limit, and says so once a day. */
@ApplicationScoped
class Warnings {
  private static final Logger LOG = Logger.getLogger(Warnings.class);
  private static final int PERCENT = 100;
  private static final long DAY_MILLIS = 86_400_000;

  private final SendingConfig config;
  private final SendingTable table;
  private final Event<LimitNear> near;

  /** Who is told already, as far as this process knows. */
  private final ConcurrentMap<Scope, Long> told = new ConcurrentHashMap<>();

  Warnings(SendingConfig config, SendingTable table, Event<LimitNear> near) {
    this.config = config;
    this.table = table;
    this.near = near;
  }

  /** Asked after every message that counts: a few comparisons, unless there is something to say. */
  void sent(long mailboxId, Held held, Instant now) {
    if (config.warnPercent() <= 0) {
      return;
    }
    var sent = held.window().sent(now);
    for (var counted : Counted.values()) {
      long limit = counted.limit(held.bound().limits());
      if (limit != PlanLimits.UNLIMITED
          && sent.of(counted) * PERCENT >= limit * config.warnPercent()) {
        tell(
            new LimitNear(
                held.bound().scope(), mailboxId, counted.words(), sent.of(counted), limit),
            now.toEpochMilli());
        return;
      }
    }
  }

  private void tell(LimitNear notice, long now) {
    var known = told.get(notice.scope());
    if (known != null && known > now - DAY_MILLIS) {
      return;
    }
    told.put(notice.scope(), now);
    Thread.ofVirtual().name("limit-notice").start(() -> fire(notice, now));
  }

  private void fire(LimitNear notice, long now) {
    try {
      if (QuarkusTransaction.requiringNew().call(() -> table.notice(notice.scope(), now))) {
        near.fire(notice);
      }
    } catch (RuntimeException failed) {
      LOG.warnf("nobody is told that %s nears a limit: %s", notice.scope(), failed.toString());
    }
  }
}
