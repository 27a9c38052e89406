package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Looks recipients and senders up: the hot path of every message.
 *
 * <p>Any thread. Answers are kept for a few seconds, and forgotten at the end of a transaction that
 * changed the directory.
 */
@ApplicationScoped
public class Recipients {
  /**
   * The domain that was named (n) and the one whose addresses it has (d): for an alias, another.
   */
  private static final String RESOLVE =
      """
      select n.control, d.control,
        n.receiving_suspended or d.receiving_suspended or a.receiving_suspended
          or coalesce(r.receiving_suspended, false),
        d.name, d.catch_all, c.state, c.token_expires_at,
        m.id, m.receiving_suspended, m.detail_folders,
        g.id, g.senders, f.id, f.keep_copy, t.address, x.state, x.token_expires_at
      from domain n
      join domain d on d.id = coalesce(n.alias_of, n.id)
      join account a on a.id = d.account_id
      left join account r on r.id = a.parent_id
      left join mailbox m on m.domain_id = d.id and m.local_part = ?
      left join mail_group g on g.domain_id = d.id and g.local_part = ?
      left join forwarder f on f.domain_id = d.id and f.local_part = ?
      left join forwarder_target t on t.forwarder_id = f.id
      left join destination x on x.account_id = a.id and x.address = lower(t.address)
      left join destination c on c.account_id = a.id and c.address = lower(d.catch_all)
      where n.name = ?
      order by t.position
      """;

  private static final String MEMBERS =
      """
      select m.id, m.local_part, d.name, m.receiving_suspended, f.id
      from mail_group g
      join domain d on d.id = g.domain_id
      join mailbox m on m.domain_id = d.id
      left join forwarder f on f.domain_id = d.id and f.local_part = m.local_part
      where g.id = ? and g.everyone
      union all
      select m.id, m.local_part, d.name, m.receiving_suspended or d.receiving_suspended, f.id
      from mail_group_member gm
      join mailbox m on m.id = gm.mailbox_id
      join domain d on d.id = m.domain_id and d.control <> 'UNPROVEN'
      left join forwarder f on f.domain_id = d.id and f.local_part = m.local_part
      where gm.group_id = ?
      limit ?
      """;

  /** As above, n is the domain that the address names and d the one that has it. */
  private static final String MAY_SEND_AS =
      """
      select 1 from domain n
      join domain d on d.id = coalesce(n.alias_of, n.id)
      join mailbox m on m.domain_id = d.id
      where n.name = ? and m.id = ? and m.local_part = ?
        and n.control <> 'UNPROVEN' and d.control <> 'UNPROVEN'
      union all
      select 1 from domain n
      join domain d on d.id = coalesce(n.alias_of, n.id)
      join forwarder f on f.domain_id = d.id
      join forwarder_target t on t.forwarder_id = f.id
      join mailbox m on m.id = ?
      join domain md on md.id = m.domain_id or md.alias_of = m.domain_id
      where f.local_part = ? and n.name = ?
        and n.control <> 'UNPROVEN' and d.control <> 'UNPROVEN'
        and md.control <> 'UNPROVEN' -- else the target is a stranger elsewhere
        and lower(t.address) = concat(m.local_part, '@', md.name)
      union all
      select 1 from domain n
      join domain d on d.id = coalesce(n.alias_of, n.id)
      join mailbox m on m.domain_id = d.id
      join mailbox_share s on s.mailbox_id = m.id
      join mailbox g on g.id = s.guest_id
      join domain gd on gd.id = g.domain_id and gd.account_id = d.account_id
      where n.name = ? and s.guest_id = ? and s.may_send_as and m.local_part = ?
        and n.control <> 'UNPROVEN' and d.control <> 'UNPROVEN'
        and not m.sending_suspended and not d.sending_suspended
      limit 1
      """;

  private static final String POSTMASTER = "postmaster";

  private record SendAs(long mailboxId, MailAddress address) {}

  private final AgroalDataSource database;
  private final Identities identities;
  private final Optional<MailAddress> postmaster;
  private final String separators;
  private final boolean confirmDestinations;
  private final int groupMembers;
  private final Clock clock;
  private final Remembered<MailAddress, Recipient> recipients;
  private final Remembered<DomainName, Optional<Long>> accounts;
  private final Remembered<SendAs, Boolean> senders;
  private final Remembered<Long, Suspension> suspensions;

  Recipients(
      AgroalDataSource database,
      Identities identities,
      DirectoryConfig config,
      ServerConfig server,
      Clock clock) {
    this.database = database;
    this.identities = identities;
    this.separators = config.detailSeparators().orElse("");
    this.confirmDestinations = config.destinations().confirmation();
    this.groupMembers = config.groupMembers();
    this.clock = clock;
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

  /**
   * One look, no expansion of targets. An address that is set up goes before one that it is a
   * detail of, and that before the catch-all.
   */
  public Recipient resolve(MailAddress address) {
    var exact = recipients.get(address.canonical());
    return isSetUp(exact) ? exact : detail(address).flatMap(this::resolve).orElse(exact);
  }

  private static boolean isSetUp(Recipient recipient) {
    return switch (recipient) {
      case Recipient.Local _,
          Recipient.Forwarded _,
          Recipient.Group _,
          Recipient.Suspended _,
          Recipient.Elsewhere _ ->
          true;
      case Recipient.CatchAll _, Recipient.Unknown _ -> false;
    };
  }

  private Optional<Detail> detail(MailAddress address) {
    return Detail.of(address.canonical(), separators);
  }

  private Optional<Recipient> resolve(Detail detail) {
    var base = recipients.get(detail.base());
    if (!isSetUp(base)) {
      return Optional.empty();
    }
    return Optional.of(base instanceof Recipient.Local mailbox ? mailbox.with(detail) : base);
  }

  private Recipient look(MailAddress address) {
    var rows =
        Jdbc.rows(
            database,
            RESOLVE,
            row -> FoundAddress.read(row, clock.instant()),
            address.localPart(),
            address.localPart(),
            address.localPart(),
            address.domain().ascii());
    if (rows.isEmpty() || !rows.getFirst().takesMail()) {
      return new Recipient.Elsewhere(address);
    }
    var found = rows.getFirst();
    var own = new MailAddress(address.localPart(), found.domain());
    if (found.suspended()) {
      return new Recipient.Suspended(own);
    }
    if (found.forwarderId() != null) {
      var targets = rows.stream().map(row -> target(row.target(), row.targetState())).toList();
      var mailboxId = found.keepCopy() ? found.mailboxId() : null;
      return new Recipient.Forwarded(found.forwarderId(), own, targets, mailboxId);
    }
    if (found.mailboxId() != null) {
      return new Recipient.Local(found.mailboxId(), own, found.detailFolders(), "");
    }
    if (found.groupId() != null) {
      var members = members(found.groupId());
      boolean tooLarge = members.size() > groupMembers;
      return new Recipient.Group(own, found.senders(), members, tooLarge);
    }
    return otherwise(own, found);
  }

  private Recipient.Target target(String address, DestinationState state) {
    boolean asked = confirmDestinations || !state.mayBeAsked();
    return new Recipient.Target(
        MailAddress.parse(address), asked ? state : DestinationState.CONFIRMED);
  }

  /** One more than a group may have, so that whoever counts sees it. */
  private List<Recipient.Member> members(long groupId) {
    return Jdbc.rows(
        database,
        MEMBERS,
        row ->
            new Recipient.Member(
                row.getLong(1),
                new MailAddress(row.getString(2), new DomainName(row.getString(3))),
                !row.getBoolean(4),
                row.getObject(5) != null),
        groupId,
        groupId,
        groupMembers + 1);
  }

  /** RFC 5321 §4.5.1: postmaster of every domain that takes mail reaches somebody. */
  private Recipient otherwise(MailAddress address, FoundAddress found) {
    var target =
        found.catchAll() != null
            ? Optional.of(target(found.catchAll(), found.catchAllState()))
            : postmaster
                .filter(_ -> address.localPart().equals(POSTMASTER))
                .map(reader -> new Recipient.Target(reader, DestinationState.CONFIRMED));
    return target
        .filter(to -> !to.address().sameMailboxAs(address))
        .<Recipient>map(to -> new Recipient.CatchAll(address, to))
        .orElseGet(() -> new Recipient.Unknown(address));
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
            """
            select d.account_id from domain n join domain d on d.id = coalesce(n.alias_of, n.id)
            where n.name = ? and n.control <> 'UNPROVEN' and d.control <> 'UNPROVEN'""",
            row -> row.getLong(1),
            domain.ascii())
        .stream()
        .findFirst();
  }

  /**
   * True when a login of this mailbox may use {@code address} as its sender: its own address, a
   * forwarder that delivers to it, or a mailbox that is shared with it to send as; each with any
   * detail that makes no address of its own, and in every alias of its domain. Never in a domain
   * whose control is not proven.
   */
  public boolean maySendAs(long mailboxId, MailAddress address) {
    var canonical = address.canonical();
    return senders.get(new SendAs(mailboxId, canonical))
        || detail(canonical)
            .filter(detail -> senders.get(new SendAs(mailboxId, detail.base())))
            .filter(_ -> !isSetUp(recipients.get(canonical)))
            .isPresent();
  }

  private boolean lookForSender(SendAs wanted) {
    long mailboxId = wanted.mailboxId();
    var local = wanted.address().localPart();
    var domain = wanted.address().domain().ascii();
    return !Jdbc.rows(
            database,
            MAY_SEND_AS,
            row -> row.getInt(1),
            domain,
            mailboxId,
            local,
            mailboxId,
            local,
            domain,
            domain,
            mailboxId,
            local)
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
