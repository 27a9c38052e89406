package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the mails that ask, so that nobody is bombarded with them. The count of an address is one
 * over all accounts, and {@code ann+1@} counts to {@code ann@}, whose mail it is.
 */
@ApplicationScoped
class ConfirmationMails {
  private static final Duration DAY = Duration.ofDays(1);

  /** Whether one more may be sent. */
  enum Allowance {
    GRANTED,
    ADDRESS_HAS_ENOUGH,
    ACCOUNT_HAS_ENOUGH
  }

  private final DirectoryConfig.Destinations config;
  private final Clock clock;

  ConfirmationMails(DirectoryConfig config, Clock clock) {
    this.config = config.destinations();
    this.clock = clock;
  }

  /** Inside the caller's transaction, which has locked the account; counts it when granted. */
  Allowance one(long accountId, MailAddress destination) {
    var reader = reader(destination);
    var yesterday = clock.instant().minus(DAY);
    if (sentTo("reader", reader, yesterday) >= config.mailsPerAddress()) {
      return Allowance.ADDRESS_HAS_ENOUGH;
    }
    if (sentTo("account_id", accountId, yesterday) >= config.mailsPerAccount()) {
      return Allowance.ACCOUNT_HAS_ENOUGH;
    }
    write(accountId, reader);
    forget(yesterday);
    return Allowance.GRANTED;
  }

  /** Whatever this server's own separators are: {@code +} is everybody's. */
  private static String reader(MailAddress destination) {
    var canonical = destination.canonical();
    return Detail.of(canonical, "+").map(Detail::base).orElse(canonical).toString();
  }

  private static long sentTo(String column, Object value, Instant since) {
    return Panache.getSession()
        .createNativeQuery(
            "select count(*) from confirmation_mail where "
                + column
                + " = :value and sent_at > :since",
            Long.class)
        .setParameter("value", value)
        .setParameter("since", since)
        .getSingleResult();
  }

  private void write(long accountId, String reader) {
    Panache.getSession()
        .createNativeMutationQuery(
            """
            insert into confirmation_mail (account_id, reader, sent_at)
            values (:account, :reader, :now)""")
        .setParameter("account", accountId)
        .setParameter("reader", reader)
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  private static void forget(Instant before) {
    Panache.getSession()
        .createNativeMutationQuery("delete from confirmation_mail where sent_at <= :before")
        .setParameter("before", before)
        .executeUpdate();
  }
}
