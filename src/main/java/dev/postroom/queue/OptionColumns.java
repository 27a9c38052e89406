package dev.postroom.queue;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.DsnReturn;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Columns of the queue for what a client asked beside the addresses. */
final class OptionColumns {
  /** For the list of columns of a statement. */
  static final String NAMES =
      "body, smtp_utf8, require_tls, priority, deliver_by, deliver_by_mode, deliver_by_traced,"
          + " dsn_return, envelope_id, notify, original_recipient";

  private static final int COUNT = NAMES.split(",").length;

  /** As many, for the values. */
  static final String MARKS = QueueTable.marks(COUNT);

  private OptionColumns() {}

  /**
   * Binds them in the order of {@link #NAMES}.
   *
   * @return the next index
   */
  static int bind(PreparedStatement statement, int from, MailOptions mail, RecipientOptions rcpt)
      throws SQLException {
    int at = from;
    var by = mail.deliverBy();
    statement.setString(at++, mail.body().name());
    statement.setBoolean(at++, mail.smtpUtf8());
    statement.setBoolean(at++, mail.requireTls());
    statement.setInt(at++, mail.priority());
    statement.setObject(at++, by == null ? null : by.deadline().toEpochMilli(), Types.BIGINT);
    statement.setString(at++, by == null ? null : by.mode().name());
    statement.setBoolean(at++, by != null && by.traced());
    statement.setString(at++, mail.dsnReturn() == null ? null : mail.dsnReturn().name());
    statement.setString(at++, mail.envelopeId());
    statement.setString(
        at++, rcpt.notifyOn().stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
    statement.setString(at++, rcpt.originalRecipient());
    return at;
  }

  /** What concerns the message; it was held when it was queued, and is not told again. */
  static MailOptions mail(ResultSet row) throws SQLException {
    var amount = row.getString("dsn_return");
    return new MailOptions(
        BodyType.valueOf(row.getString("body")),
        row.getBoolean("smtp_utf8"),
        row.getBoolean("require_tls"),
        row.getInt("priority"),
        deliverBy(row),
        null,
        amount == null ? null : DsnReturn.valueOf(amount),
        row.getString("envelope_id"));
  }

  private static @Nullable DeliverBy deliverBy(ResultSet row) throws SQLException {
    var mode = row.getString("deliver_by_mode");
    return mode == null
        ? null
        : new DeliverBy(
            Instant.ofEpochMilli(row.getLong("deliver_by")),
            DeliverBy.Mode.valueOf(mode),
            row.getBoolean("deliver_by_traced"));
  }

  static RecipientOptions recipient(ResultSet row) throws SQLException {
    var notify = row.getString("notify");
    return new RecipientOptions(
        notify.isEmpty()
            ? Set.of()
            : Arrays.stream(notify.split(",")).map(DsnNotify::valueOf).collect(Collectors.toSet()),
        row.getString("original_recipient"));
  }
}
