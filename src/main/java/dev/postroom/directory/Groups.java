package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Groups: one address for all mailboxes of a domain, or for some of the customer's. */
@ApplicationScoped
public class Groups {
  private static final String FROM =
      "MailGroup mailGroup join fetch mailGroup.domain domain join fetch domain.account account";

  /**
   * How a group should be.
   *
   * @param everyone all mailboxes of the domain; then {@code members} is empty
   */
  public record Plan(boolean everyone, List<MailAddress> members, GroupSenders senders) {
    public Plan {
      members = List.copyOf(members);
    }
  }

  private final Transactions transactions;
  private final Domains domains;
  private final Limits limits;
  private final Changed changed;
  private final Removal removal;
  private final DirectoryConfig config;
  private final Clock clock;

  Groups(
      Transactions transactions,
      Domains domains,
      Limits limits,
      Changed changed,
      Removal removal,
      DirectoryConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.domains = domains;
    this.limits = limits;
    this.changed = changed;
    this.removal = removal;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @param domainId null for those of all domains that the viewer sees
   */
  public Listing<GroupInfo> list(Viewer viewer, @Nullable Long domainId, PageRequest request) {
    return transactions.call(
        () -> {
          var query =
              infos(viewer)
                  .search(
                      request.search(),
                      "concat(mailGroup.localPart, '@', domain.name)",
                      "concat(mailGroup.localPart, '@', domain.unicodeName)");
          if (domainId != null) {
            query.where("domain.id = :domain", "domain", domainId);
          }
          return query.pageByDomain(request, "mailGroup.localPart");
        });
  }

  public GroupInfo find(Viewer viewer, long groupId) {
    return transactions.call(() -> info(viewer, groupId));
  }

  public GroupInfo findByAddress(Viewer viewer, MailAddress address) {
    return transactions.call(
        () ->
            infos(viewer)
                .where("domain.name = :name", "name", address.domain().ascii())
                .where("mailGroup.localPart = :local", "local", address.canonical().localPart())
                .one()
                .orElseThrow(Groups::none));
  }

  /** Those that are listed, by address; empty for a group of everyone. */
  public List<MailAddress> members(Viewer viewer, long groupId) {
    return transactions.call(
        () -> {
          info(viewer, groupId);
          return members(groupId);
        });
  }

  private static List<MailAddress> members(long groupId) {
    return Panache.getSession()
        .createSelectionQuery(
            "select member.localPart, domain.name from MailGroup mailGroup join mailGroup.members"
                + " member join member.domain domain where mailGroup.id = :id"
                + " order by domain.name, member.localPart",
            Tuple.class)
        .setParameter("id", groupId)
        .getResultStream()
        .map(
            row ->
                new MailAddress(row.get(0, String.class), new DomainName(row.get(1, String.class))))
        .toList();
  }

  public GroupInfo create(Viewer viewer, long domainId, String localPart, Plan plan) {
    return transactions.call(
        () -> {
          var group = new MailGroup();
          group.domain = domains.lockedForAddresses(viewer, domainId);
          group.localPart = Inputs.localPart(localPart);
          group.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
          apply(plan, group);
          requireFree(group);
          limits.requireRoomForForwarder(viewer, group.domain.account);
          changed.insert(group, "localPart", taken(group, "group"));
          changed.created(viewer, Subject.GROUP, group.id, group.address().toString());
          return info(viewer, group.id);
        });
  }

  public GroupInfo update(Viewer viewer, long groupId, Plan plan) {
    return transactions.call(
        () -> {
          var group = locked(viewer, groupId);
          apply(plan, group);
          changed.updated(viewer, Subject.GROUP, group.id, group.address().toString());
          return info(viewer, groupId);
        });
  }

  public void remove(Viewer viewer, long groupId) {
    transactions.run(() -> removal.group(viewer, locked(viewer, groupId)));
  }

  private void apply(Plan plan, MailGroup group) {
    var members = plan.everyone() ? Set.<Mailbox>of() : mailboxes(group.domain, plan.members());
    if (!plan.everyone() && members.isEmpty()) {
      throw Problems.invalid("members", "Who is in the group? Give at least one address.");
    }
    group.everyone = plan.everyone();
    group.senders = plan.senders();
    group.members.retainAll(members);
    group.members.addAll(members);
  }

  /** Of the same customer, whichever domain they are in. */
  private Set<Mailbox> mailboxes(Domain domain, List<MailAddress> addresses) {
    if (addresses.size() > config.groupMembers()) {
      throw Problems.invalid(
          "members", "A group has at most " + config.groupMembers() + " members.");
    }
    var byDomain =
        addresses.stream()
            .map(MailAddress::canonical)
            .collect(
                Collectors.groupingBy(
                    MailAddress::domain,
                    Collectors.mapping(MailAddress::localPart, Collectors.toSet())));
    var found = new HashMap<MailAddress, Mailbox>();
    byDomain.forEach((name, localParts) -> found.putAll(mailboxes(domain, name, localParts)));
    for (var address : addresses) {
      if (!found.containsKey(address.canonical())) {
        throw Problems.invalid(
            "members", "'" + address + "' is no mailbox of the same customer: nobody else can.");
      }
    }
    return new HashSet<>(found.values());
  }

  private static Map<MailAddress, Mailbox> mailboxes(
      Domain domain, DomainName name, Collection<String> localParts) {
    var found = new HashMap<MailAddress, Mailbox>();
    for (var mailbox :
        Mailbox.<Mailbox>list(
            "domain.account = ?1 and domain.name = ?2 and localPart in ?3",
            domain.account,
            name.ascii(),
            localParts)) {
      found.put(new MailAddress(mailbox.localPart, name), mailbox);
    }
    return found;
  }

  private static void requireFree(MailGroup wanted) {
    var same = "domain = ?1 and localPart = ?2";
    if (MailGroup.count(same, wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", taken(wanted, "group"));
    }
    if (Mailbox.count(same, wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", taken(wanted, "mailbox"));
    }
    if (Forwarder.count(same, wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", taken(wanted, "forwarder"));
    }
  }

  private static String taken(MailGroup wanted, String by) {
    return "There is a " + by + " '" + wanted.address() + "' already.";
  }

  private MailGroup locked(Viewer viewer, long groupId) {
    domains.locked(viewer, info(viewer, groupId).domainId());
    return entities(viewer)
        .where("mailGroup.id = :id", "id", groupId)
        .one()
        .orElseThrow(Groups::none);
  }

  private static DirectoryProblem none() {
    return Problems.notFound("group");
  }

  private static GroupInfo info(Viewer viewer, long groupId) {
    return infos(viewer).where("mailGroup.id = :id", "id", groupId).one().orElseThrow(Groups::none);
  }

  private static DirectoryQuery<MailGroup> entities(Viewer viewer) {
    return new DirectoryQuery<>(
        "mailGroup", FROM, Visible.byAccount(viewer), row -> row.get(0, MailGroup.class));
  }

  private static DirectoryQuery<GroupInfo> infos(Viewer viewer) {
    return new DirectoryQuery<>(
        "mailGroup, (case when mailGroup.everyone"
            + " then (select count(*) from Mailbox m where m.domain = domain)"
            + " else size(mailGroup.members) end)",
        FROM,
        Visible.byAccount(viewer),
        row -> row.get(0, MailGroup.class).info(row.get(1, Number.class).longValue()));
  }
}
