package dev.postroom.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** MariaDB's driver, whose connections change to and from auto-commit when they have to only. */
public final class LateAutoCommitDriver implements Driver {
  private final Driver driver = new org.mariadb.jdbc.Driver();

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    var connection = driver.connect(url, properties);
    return connection == null ? null : LateAutoCommit.of(connection);
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
      throws SQLException {
    return driver.getPropertyInfo(url, properties);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.mariadb.jdbc");
  }
}
