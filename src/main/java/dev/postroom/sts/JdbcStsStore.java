package dev.postroom.sts;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Policies in the database. Each call is one statement of its own. A database that is away costs
 * the memory of policies, not the delivery: without them it could not be written down anyway.
 */
@ApplicationScoped
class JdbcStsStore implements StsStore {
  private static final Logger LOG = Logger.getLogger(JdbcStsStore.class);

  private final DataSource database;

  @Inject
  JdbcStsStore(AgroalDataSource database) {
    this((DataSource) database);
  }

  JdbcStsStore(DataSource database) {
    this.database = database;
  }

  @Override
  public Optional<Stored> find(String domain) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT record_id, fetched_at, expires_at, policy FROM sts_policy WHERE domain = ?")) {
      select.setString(1, domain);
      var row = select.executeQuery();
      return row.next()
          ? Optional.of(
              new Stored(
                  row.getString(1),
                  Instant.ofEpochMilli(row.getLong(2)),
                  Instant.ofEpochMilli(row.getLong(3)),
                  StsPolicy.parse(row.getString(4))))
          : Optional.empty();
    } catch (InvalidPolicyException damaged) {
      LOG.errorf("the kept MTA-STS policy of %s cannot be read: %s", domain, damaged.getMessage());
      return Optional.empty();
    } catch (SQLException failed) {
      throw new StoreUnavailableException("cannot look up the MTA-STS policy of " + domain, failed);
    }
  }

  @Override
  public void keep(String domain, Stored policy) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO sts_policy (domain, record_id, fetched_at, expires_at, policy)
                VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE record_id = VALUES(record_id),
                  fetched_at = VALUES(fetched_at), expires_at = VALUES(expires_at),
                  policy = VALUES(policy)""")) {
      insert.setString(1, domain);
      insert.setString(2, policy.id());
      insert.setLong(3, policy.fetchedAt().toEpochMilli());
      insert.setLong(4, policy.expiresAt().toEpochMilli());
      insert.setString(5, policy.policy().text());
      insert.executeUpdate();
    } catch (SQLException failed) {
      LOG.warnf("cannot keep the MTA-STS policy of %s: %s", domain, failed.getMessage());
    }
  }

  @Override
  public void forget(Instant expiredBefore) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("DELETE FROM sts_policy WHERE expires_at < ?")) {
      delete.setLong(1, expiredBefore.toEpochMilli());
      delete.executeUpdate();
    } catch (SQLException failed) {
      LOG.warnf("cannot remove MTA-STS policies that have expired: %s", failed.getMessage());
    }
  }
}
