package dev.postroom.auth;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Single statements on what logins are checked against. */
@ApplicationScoped
class AuthStatements {
  interface Work<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private final AgroalDataSource database;

  AuthStatements(AgroalDataSource database) {
    this.database = database;
  }

  /**
   * @throws AuthUnavailableException when the database fails
   */
  <T> T with(String sql, Work<T> work) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      return work.run(statement);
    } catch (SQLException failed) {
      throw new AuthUnavailableException(failed);
    }
  }
}
