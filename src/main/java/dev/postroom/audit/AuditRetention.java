package dev.postroom.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Forgets, every night, what is older than it need be. */
@ApplicationScoped
class AuditRetention {
  private static final Logger LOG = Logger.getLogger(AuditRetention.class);

  private final AgroalDataSource database;
  private final AuditConfig config;
  private final Clock clock;

  AuditRetention(AgroalDataSource database, AuditConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      cron = "{postroom.audit.schedule}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void nightly() {
    if (config.retention().isPositive()) {
      LOG.infof(
          "removed %d old entries of the audit log",
          forget(clock.instant().minus(config.retention())));
    }
  }

  /** In batches, so that nobody waits for long. */
  long forget(Instant before) {
    long removed = 0;
    int some;
    do {
      some = QuarkusTransaction.requiringNew().call(() -> forgetSome(before));
      removed += some;
    } while (some == config.batch());
    return removed;
  }

  private int forgetSome(Instant before) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("DELETE FROM audit_entry WHERE at < ? LIMIT ?")) {
      delete.setLong(1, before.toEpochMilli());
      delete.setInt(2, config.batch());
      return delete.executeUpdate();
    } catch (SQLException failed) {
      throw new AuditUnavailableException(failed);
    }
  }
}
