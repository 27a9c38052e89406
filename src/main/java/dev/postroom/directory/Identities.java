package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Finds who a login belongs to. One round trip each: this runs at every login and API call. */
@ApplicationScoped
public class Identities {
  private static final String MAILBOX =
      """
      select m.id, m.local_part, d.name,
        m.login_suspended, m.sending_suspended, m.receiving_suspended, m.suspension_reason,
        d.login_suspended, d.sending_suspended, d.receiving_suspended, d.suspension_reason,
        a.login_suspended, a.sending_suspended, a.receiving_suspended, a.suspension_reason,
        r.login_suspended, r.sending_suspended, r.receiving_suspended, r.suspension_reason
      from mailbox m join domain d on d.id = m.domain_id join account a on a.id = d.account_id
      left join account r on r.id = a.parent_id
      """;
  private static final String ACCOUNT =
      """
      select a.id, a.role, a.login,
        a.login_suspended, a.sending_suspended, a.receiving_suspended, a.suspension_reason,
        r.login_suspended, r.sending_suspended, r.receiving_suspended, r.suspension_reason
      from account a left join account r on r.id = a.parent_id
      """;

  private final AgroalDataSource database;

  Identities(AgroalDataSource database) {
    this.database = database;
  }

  public Optional<Identity> mailbox(MailAddress address) {
    var canonical = address.canonical();
    return ask(
        MAILBOX + "where d.name = ? and m.local_part = ?",
        Identities::mailbox,
        canonical.domain().ascii(),
        canonical.localPart());
  }

  public Optional<Identity> mailbox(long mailboxId) {
    return ask(MAILBOX + "where m.id = ?", Identities::mailbox, mailboxId);
  }

  public Optional<Identity> account(String login) {
    return ask(
        ACCOUNT + "where a.login = ?", Identities::account, login.strip().toLowerCase(Locale.ROOT));
  }

  /** For somebody who signed in before: may be gone, suspended or somebody else by now. */
  public Optional<Identity> account(long accountId) {
    return ask(ACCOUNT + "where a.id = ?", Identities::account, accountId);
  }

  private static Identity mailbox(ResultSet row) throws SQLException {
    var address = new MailAddress(row.getString(2), new DomainName(row.getString(3)));
    long id = row.getLong(1);
    var suspension =
        suspension(row, 4)
            .and(suspension(row, 8))
            .and(suspension(row, 12))
            .and(suspension(row, 16));
    return new Identity(id, new Viewer.MailboxUser(id, address), suspension);
  }

  private static Identity account(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    var viewer = new Viewer.Person(id, Role.valueOf(row.getString(2)), row.getString(3));
    return new Identity(id, viewer, suspension(row, 4).and(suspension(row, 8)));
  }

  private static Suspension suspension(ResultSet row, int first) throws SQLException {
    return new Suspension(
        row.getBoolean(first),
        row.getBoolean(first + 1),
        row.getBoolean(first + 2),
        Objects.requireNonNullElse(row.getString(first + 3), "")); // nobody above: null is false
  }

  private Optional<Identity> ask(String sql, Jdbc.Row<Identity> row, Object... parameters) {
    return Jdbc.rows(database, sql, row, parameters).stream().findFirst();
  }
}
