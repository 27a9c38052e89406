package dev.postroom.audit;

import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;

/** Writes down what is done, in the transaction that does it. */
@ApplicationScoped
public class Audit {
  private static final int MAX_SUBJECT = 820;
  private static final int MAX_DETAIL = 1000;
  private static final String INSERT =
      """
      INSERT INTO audit_entry (at, actor, actor_rank, way, credential, address, action, subject,
        detail, messages, account_id, reseller_id)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, a.id, a.parent_id
      FROM (SELECT 1) one LEFT JOIN account a ON a.id = %s""";

  private final Clock clock;

  public Audit(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param connection of the transaction that acts
   * @return the entry's id
   */
  public long record(Connection connection, Viewer viewer, Deed deed) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            INSERT.formatted(deed.owner().account), Statement.RETURN_GENERATED_KEYS)) {
      fill(insert, viewer, deed);
      insert.executeUpdate();
      var key = insert.getGeneratedKeys();
      key.next();
      return key.getLong(1);
    }
  }

  private void fill(PreparedStatement insert, Viewer viewer, Deed deed) throws SQLException {
    var place = Origin.of(viewer);
    insert.setLong(1, clock.millis());
    insert.setString(2, name(viewer));
    insert.setInt(3, rank(viewer));
    insert.setString(4, place.way().name());
    insert.setString(5, place.credential());
    insert.setString(6, place.address());
    insert.setString(7, deed.action());
    insert.setString(8, cut(deed.subject(), MAX_SUBJECT));
    insert.setString(9, cut(deed.detail(), MAX_DETAIL));
    insert.setObject(10, deed.messages(), Types.BIGINT);
    insert.setObject(11, deed.ownerId(), Types.BIGINT);
  }

  /** The same action touched more, in its next transaction. */
  public void add(Connection connection, long entry, long messages) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE audit_entry SET messages = messages + ? WHERE id = ?")) {
      update.setLong(1, messages);
      update.setLong(2, entry);
      update.executeUpdate();
    }
  }

  private static String name(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> "";
      case Viewer.Person(_, _, var login) -> login;
      case Viewer.MailboxUser(_, var address) -> address.toString();
    };
  }

  static int rank(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> 4;
      case Viewer.Person(_, var role, _) -> rank(role);
      case Viewer.MailboxUser _ -> 0;
    };
  }

  static int rank(Role role) {
    return switch (role) {
      case ADMINISTRATOR -> 3;
      case RESELLER -> 2;
      case CUSTOMER -> 1;
    };
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
