package dev.postroom.sending;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads in one statement all limits that bound a mailbox. */
@ApplicationScoped
class RulesTable {
  private static final String FOUR =
      """
      coalesce(%1$s.messages_per_hour, %2$smessages_per_hour, -1),
      coalesce(%1$s.messages_per_day, %2$smessages_per_day, -1),
      coalesce(%1$s.recipients_per_hour, %2$srecipients_per_hour, -1),
      coalesce(%1$s.recipients_per_day, %2$srecipients_per_day, -1),
      """;
  private static final String SELECT =
      "select "
          + FOUR.formatted("ofmailbox", "plan.mailbox_")
          + FOUR.formatted("ofdomain", "ofdomain.")
          + FOUR.formatted("ofaccount", "plan.")
          + FOUR.formatted("ofreseller", "parentplan.")
          + """
            coalesce(plan.recipients_per_message, -1),
            coalesce(parentplan.recipients_per_message, -1),
            domain.id, account.id, account.parent_id
          from mailbox
          join domain on domain.id = mailbox.domain_id
          join account on account.id = domain.account_id
          left join plan on plan.id = account.plan_id
          left join account parent on parent.id = account.parent_id
          left join plan parentplan on parentplan.id = parent.plan_id
          left join sending_limits ofmailbox on ofmailbox.mailbox_id = mailbox.id
          left join sending_limits ofdomain on ofdomain.domain_id = domain.id
          left join sending_limits ofaccount on ofaccount.account_id = account.id
          left join sending_limits ofreseller on ofreseller.account_id = parent.id
          where mailbox.id = ?
          """;
  private static final int OF_MAILBOX = 1;
  private static final int OF_DOMAIN = 5;
  private static final int OF_ACCOUNT = 9;
  private static final int OF_RESELLER = 13;
  private static final int PER_MESSAGE = 17;
  private static final int IDS = 19;

  private final AgroalDataSource database;

  RulesTable(AgroalDataSource database) {
    this.database = database;
  }

  /** Empty when the mailbox is gone. */
  Optional<Rules> find(long mailboxId) {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(SELECT)) {
      select.setLong(1, mailboxId);
      try (var row = select.executeQuery()) {
        return row.next() ? Optional.of(rules(mailboxId, row)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  private static Rules rules(long mailboxId, ResultSet row) throws SQLException {
    long accountId = row.getLong(IDS + 1);
    var bounds = new ArrayList<Bound>();
    add(bounds, Scope.mailbox(mailboxId), limits(row, OF_MAILBOX), "this mailbox");
    add(bounds, Scope.domain(row.getLong(IDS)), limits(row, OF_DOMAIN), "this domain");
    add(bounds, Scope.account(accountId), limits(row, OF_ACCOUNT), "this account");
    var parent = parent(row);
    if (parent != null) {
      add(bounds, Scope.account(parent), limits(row, OF_RESELLER), "your provider");
    }
    return new Rules(
        mailboxId,
        accountId,
        List.copyOf(bounds),
        least(row.getLong(PER_MESSAGE), row.getLong(PER_MESSAGE + 1)));
  }

  private static @Nullable Long parent(ResultSet row) throws SQLException {
    return row.getObject(IDS + 2, Long.class);
  }

  private static void add(List<Bound> bounds, Scope scope, SendingLimits limits, String words) {
    if (limits.isLimited()) {
      bounds.add(new Bound(scope, limits, words));
    }
  }

  private static SendingLimits limits(ResultSet row, int first) throws SQLException {
    return new SendingLimits(
        row.getLong(first), row.getLong(first + 1), row.getLong(first + 2), row.getLong(first + 3));
  }

  private static long least(long one, long other) {
    return one == PlanLimits.UNLIMITED
        ? other
        : other == PlanLimits.UNLIMITED ? one : Math.min(one, other);
  }
}
