package dev.postroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each mailbox holds, against what it may hold. */
final class UsageLedger {
  private UsageLedger() {}

  /** Locks the mailbox's use until the transaction ends and checks that the octets fit in. */
  static void check(Connection connection, long mailboxId, long octets) throws SQLException {
    var fits =
        Sql.of(
                """
                select octets + ? <= (select quota_octets from mailbox where id = ?)
                from mailbox_usage where mailbox_id = ? for update""",
                octets,
                mailboxId,
                mailboxId)
            .list(connection, row -> row.getBoolean(1));
    if (fits.isEmpty()) {
      throw new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such mailbox");
    }
    if (!fits.getFirst()) {
      throw new StoreProblem(StoreProblem.Kind.OVERQUOTA, "the mailbox is full");
    }
  }

  static void release(Connection connection, long mailboxId, long messages, long octets)
      throws SQLException {
    add(connection, mailboxId, -messages, -octets);
  }

  static void add(Connection connection, long mailboxId, long messages, long octets)
      throws SQLException {
    Sql.of(
            """
            update mailbox_usage set messages = messages + ?, octets = octets + ?
            where mailbox_id = ?""",
            messages,
            octets,
            mailboxId)
        .update(connection);
  }

  /** A UIDVALIDITY above all that the mailbox's folders have had (RFC 3501 §2.3.1.1). */
  static long nextUidValidity(Connection connection, long mailboxId, Clock clock)
      throws SQLException {
    Sql.of(
            """
            update mailbox_usage
            set last_uid_validity = greatest(last_uid_validity + 1, ?) where mailbox_id = ?""",
            clock.instant().getEpochSecond(),
            mailboxId)
        .update(connection);
    return Sql.of("select last_uid_validity from mailbox_usage where mailbox_id = ?", mailboxId)
        .list(connection, row -> row.getLong(1))
        .getFirst();
  }

  /** How many octets the mailbox can take, as things stand; below 0 when there is none. */
  static long room(Connection connection, long mailboxId) throws SQLException {
    var room =
        Sql.of(
                """
                select m.quota_octets - coalesce(u.octets, 0)
                from mailbox m left join mailbox_usage u on u.mailbox_id = m.id
                where m.id = ?""",
                mailboxId)
            .list(connection, row -> row.getLong(1));
    return room.isEmpty() ? -1 : room.getFirst();
  }

  static Quota quota(Connection connection, long mailboxId) throws SQLException {
    return Sql.of(
            """
            select coalesce(u.octets, 0), m.quota_octets
            from mailbox m left join mailbox_usage u on u.mailbox_id = m.id
            where m.id = ?""",
            mailboxId)
        .list(connection, row -> new Quota(row.getLong(1), row.getLong(2)))
        .stream()
        .findFirst()
        .orElseThrow(
            () -> new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such mailbox"));
  }

  static List<Long> fullest(Connection connection, @Nullable Long accountId, int percent, int max)
      throws SQLException {
    return Sql.of(
            """
            select m.id
            from mailbox_usage u
              join mailbox m on m.id = u.mailbox_id
              join domain d on d.id = m.domain_id
              join account a on a.id = d.account_id
            where u.octets * 100 >= m.quota_octets * ?
              and (? is null or a.id = ? or a.parent_id = ?)
            order by u.octets / m.quota_octets desc, m.id limit ?""",
            percent,
            accountId,
            accountId,
            accountId,
            max)
        .list(connection, row -> row.getLong(1));
  }

  static Map<Long, Usage> usage(Connection connection, Collection<Long> mailboxIds)
      throws SQLException {
    var usage = new HashMap<Long, Usage>();
    mailboxIds.forEach(id -> usage.put(id, Usage.EMPTY));
    if (!mailboxIds.isEmpty()) {
      Sql.of("select mailbox_id, octets, messages from mailbox_usage where mailbox_id in ")
          .in(mailboxIds)
          .forEach(
              connection,
              row -> usage.put(row.getLong(1), new Usage(row.getLong(2), row.getLong(3))));
    }
    return usage;
  }
}
