package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks recipients and senders up: the hot path of every message.
 *
 * <p>Any thread. Answers are kept for a few seconds, and forgotten at the end of a transaction that
 * changed the directory.
 */
@ApplicationScoped
public class Recipients {
  private static final String RESOLVE =
      """
      select d.control, d.catch_all, d.receiving_suspended or a.receiving_suspended,
        m.id, m.receiving_suspended, f.id, f.keep_copy, t.address
      from domain d
      join account a on a.id = d.account_id
      left join mailbox m on m.domain_id = d.id and m.local_part = ?
      left join forwarder f on f.domain_id = d.id and f.local_part = ?
      left join forwarder_target t on t.forwarder_id = f.id
      where d.name = ?
      order by t.position
      """;
  private static final String MAY_SEND_AS =
      """
      select 1 from mailbox m join domain d on d.id = m.domain_id
      where m.id = ? and m.local_part = ? and d.name = ? and d.control <> 'UNPROVEN'
      union all
      select 1 from forwarder f
      join domain d on d.id = f.domain_id
      join forwarder_target t on t.forwarder_id = f.id
      join mailbox m on m.id = ?
      join domain md on md.id = m.domain_id
      where f.local_part = ? and d.name = ? and d.control <> 'UNPROVEN'
        and md.control <> 'UNPROVEN' -- else the target is a stranger elsewhere
        and lower(t.address) = concat(m.local_part, '@', md.name)
      union all
      select 1 from mailbox_share s
      join mailbox m on m.id = s.mailbox_id
      join domain d on d.id = m.domain_id
      join mailbox g on g.id = s.guest_id
      join domain gd on gd.id = g.domain_id and gd.account_id = d.account_id
      where s.guest_id = ? and s.may_send_as and m.local_part = ? and d.name = ?
        and d.control <> 'UNPROVEN' and not m.sending_suspended and not d.sending_suspended
      limit 1
      """;
  private static final String POSTMASTER = "postmaster";

  private record SendAs(long mailboxId, MailAddress address) {}

  private final AgroalDataSource database;
  private final Identities identities;
  private final Optional<MailAddress> postmaster;
  private final Remembered<MailAddress, Recipient> recipients;
  private final Remembered<DomainName, Optional<Long>> accounts;
  private final Remembered<SendAs, Boolean> senders;
  private final Remembered<Long, Suspension> suspensions;

  Recipients(
      AgroalDataSource database,
      Identities identities,
      DirectoryConfig config,
      ServerConfig server) {
    this.database = database;
    this.identities = identities;
    this.postmaster = server.postmaster().map(MailAddress::parse);
    this.recipients = new Remembered<>(config, this::look);
    this.accounts = new Remembered<>(config, this::lookForAccount);
    this.senders = new Remembered<>(config, this::lookForSender);
    this.suspensions = new Remembered<>(config, this::lookForSuspension);
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) DirectoryChange change) {
    recipients.forget();
    accounts.forget();
    senders.forget();
    suspensions.forget();
  }

  /** One look, no expansion of targets. */
  public Recipient resolve(MailAddress address) {
    return recipients.get(address.canonical());
  }

  private Recipient look(MailAddress address) {
    var rows =
        Jdbc.rows(
            database,
            RESOLVE,
            Found::read,
            address.localPart(),
            address.localPart(),
            address.domain().ascii());
    if (rows.isEmpty() || !rows.getFirst().takesMail()) {
      return new Recipient.Elsewhere(address);
    }
    var found = rows.getFirst();
    if (found.suspended()) {
      return new Recipient.Suspended(address);
    }
    if (found.forwarderId() != null) {
      var targets = rows.stream().map(Found::target).map(MailAddress::parse).toList();
      var mailboxId = found.keepCopy() ? found.mailboxId() : null;
      return new Recipient.Forwarded(found.forwarderId(), address, targets, mailboxId);
    }
    if (found.mailboxId() != null) {
      return new Recipient.Local(found.mailboxId(), address);
    }
    return otherwise(address, found);
  }

  /** RFC 5321 §4.5.1: postmaster of every domain that takes mail reaches somebody. */
  private Recipient otherwise(MailAddress address, Found found) {
    var target =
        found.catchAll() != null
            ? Optional.of(MailAddress.parse(found.catchAll()))
            : postmaster.filter(_ -> address.localPart().equals(POSTMASTER));
    return target
        .filter(to -> !to.sameMailboxAs(address))
        .<Recipient>map(to -> new Recipient.CatchAll(address, to))
        .orElseGet(() -> new Recipient.Unknown(address));
  }

  /** One row: the domain, and what has the local part there; one row for each target. */
  private record Found(
      boolean takesMail,
      @Nullable String catchAll,
      boolean suspended,
      @Nullable Long mailboxId,
      @Nullable Long forwarderId,
      boolean keepCopy,
      @Nullable String target) {
    static Found read(ResultSet row) throws SQLException {
      return new Found(
          !row.getString(1).equals(DomainInfo.Control.UNPROVEN.name()),
          row.getString(2),
          row.getBoolean(3) || row.getBoolean(5),
          row.getObject(4, Long.class),
          row.getObject(6, Long.class),
          row.getBoolean(7),
          row.getString(8));
    }
  }

  /** True when mail for the domain is delivered here. */
  public boolean isLocal(DomainName domain) {
    return accountOf(domain).isPresent();
  }

  /** Whose domain it is; empty when mail for it is not delivered here. */
  public Optional<Long> accountOf(DomainName domain) {
    return accounts.get(domain);
  }

  private Optional<Long> lookForAccount(DomainName domain) {
    return Jdbc.rows(
            database,
            "select account_id from domain where name = ? and control <> 'UNPROVEN'",
            row -> row.getLong(1),
            domain.ascii())
        .stream()
        .findFirst();
  }

  /**
   * True when a login of this mailbox may use {@code address} as its sender: its own address, a
   * forwarder that delivers to it, or a mailbox that is shared with it to send as. Never in a
   * domain whose control is not proven.
   */
  public boolean maySendAs(long mailboxId, MailAddress address) {
    return senders.get(new SendAs(mailboxId, address.canonical()));
  }

  private boolean lookForSender(SendAs wanted) {
    var local = wanted.address().localPart();
    var domain = wanted.address().domain().ascii();
    return !Jdbc.rows(
            database,
            MAY_SEND_AS,
            row -> row.getInt(1),
            wanted.mailboxId(),
            local,
            domain,
            wanted.mailboxId(),
            local,
            domain,
            wanted.mailboxId(),
            local,
            domain)
        .isEmpty();
  }

  /** The mailbox's suspensions, its domain's and account's included. */
  public Suspension suspension(long mailboxId) {
    return suspensions.get(mailboxId);
  }

  private Suspension lookForSuspension(long mailboxId) {
    return identities
        .mailbox(mailboxId)
        .map(Identity::suspension)
        .orElseGet(() -> Suspension.all("removed"));
  }
}
