package dev.postroom.directory;

import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forwarders: one address, many targets, here or elsewhere. */
@ApplicationScoped
public class Forwarders {
  private static final String FROM =
      "Forwarder forwarder join fetch forwarder.domain domain join fetch domain.account account";

  private final Transactions transactions;
  private final Domains domains;
  private final Limits limits;
  private final Changed changed;
  private final Removal removal;
  private final Confirmations confirmations;
  private final DestinationQueries queries;
  private final DirectoryConfig config;
  private final Clock clock;

  Forwarders(
      Transactions transactions,
      Domains domains,
      Limits limits,
      Changed changed,
      Removal removal,
      Confirmations confirmations,
      DestinationQueries queries,
      DirectoryConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.domains = domains;
    this.limits = limits;
    this.changed = changed;
    this.removal = removal;
    this.confirmations = confirmations;
    this.queries = queries;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @param domainId null for those of all domains that the viewer sees
   */
  public Listing<ForwarderInfo> list(Viewer viewer, @Nullable Long domainId, PageRequest request) {
    return transactions.call(
        () -> {
          var query =
              entities(viewer)
                  .search(
                      request.search(),
                      "concat(forwarder.localPart, '@', domain.name)",
                      "concat(forwarder.localPart, '@', domain.unicodeName)");
          if (domainId != null) {
            query.where("domain.id = :domain", "domain", domainId);
          }
          return infos(query.pageByDomain(request, "forwarder.localPart"));
        });
  }

  /** How many the viewer sees. */
  public long count(Viewer viewer) {
    return transactions.call(() -> entities(viewer).count());
  }

  public ForwarderInfo find(Viewer viewer, long forwarderId) {
    return transactions.call(() -> info(entity(viewer, forwarderId)));
  }

  public ForwarderInfo findByAddress(Viewer viewer, MailAddress address) {
    return transactions.call(
        () ->
            entities(viewer)
                .where("domain.name = :name", "name", address.domain().ascii())
                .where("forwarder.localPart = :local", "local", address.canonical().localPart())
                .one()
                .map(this::info)
                .orElseThrow(() -> Problems.notFound("forwarder")));
  }

  /**
   * @param keepCopy the mailbox of the same address, which there must be, gets the message too
   */
  public ForwarderInfo create(
      Viewer viewer, long domainId, String localPart, List<MailAddress> targets, boolean keepCopy) {
    return create(viewer, domainId, localPart, targets, keepCopy, false);
  }

  /**
   * @param vouched an administrator answers for the targets elsewhere: nobody is asked
   */
  public ForwarderInfo create(
      Viewer viewer,
      long domainId,
      String localPart,
      List<MailAddress> targets,
      boolean keepCopy,
      boolean vouched) {
    return transactions.call(
        () -> {
          var domain = domains.lockedForAddresses(viewer, domainId);
          var forwarder = new Forwarder();
          forwarder.domain = domain;
          forwarder.localPart = Inputs.localPart(localPart);
          forwarder.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
          forwarder.targets = new ArrayList<>(checked(forwarder, targets));
          forwarder.keepCopy = checked(forwarder, keepCopy);
          requireFree(forwarder);
          limits.requireRoomForForwarder(viewer, domain.account);
          changed.insert(forwarder, "localPart", exists(forwarder));
          changed.created(viewer, Subject.FORWARDER, forwarder.id, forwarder.address().toString());
          return written(viewer, forwarder, vouched);
        });
  }

  /** Its targets may be others than before: those elsewhere are asked. */
  private ForwarderInfo written(Viewer viewer, Forwarder forwarder, boolean vouched) {
    confirmations.need(
        viewer,
        forwarder.domain.account,
        forwarder.targets,
        forwarder.address().toString(),
        vouched);
    return infos(List.of(forwarder)).getFirst();
  }

  private List<ForwarderInfo> infos(List<Forwarder> forwarders) {
    var destinations =
        queries.ofForwarders(forwarders.stream().map(forwarder -> forwarder.id).toList());
    return forwarders.stream()
        .map(forwarder -> forwarder.info(destinations.getOrDefault(forwarder.id, List.of())))
        .toList();
  }

  private Listing<ForwarderInfo> infos(Listing<Forwarder> page) {
    return new Listing<>(infos(page.items()), page.total(), page.page(), page.pageSize());
  }

  private ForwarderInfo info(Forwarder forwarder) {
    return infos(List.of(forwarder)).getFirst();
  }

  private static void requireFree(Forwarder wanted) {
    if (Forwarder.count("domain = ?1 and localPart = ?2", wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", exists(wanted));
    }
    if (MailGroup.count("domain = ?1 and localPart = ?2", wanted.domain, wanted.localPart) > 0) {
      throw Problems.conflict("localPart", "There is a group '" + wanted.address() + "' already.");
    }
  }

  private static String exists(Forwarder wanted) {
    return "There is a forwarder '" + wanted.address() + "' already.";
  }

  public ForwarderInfo update(
      Viewer viewer, long forwarderId, List<MailAddress> targets, boolean keepCopy) {
    return update(viewer, forwarderId, targets, keepCopy, false);
  }

  /**
   * @param vouched an administrator answers for the targets elsewhere: nobody is asked
   */
  public ForwarderInfo update(
      Viewer viewer,
      long forwarderId,
      List<MailAddress> targets,
      boolean keepCopy,
      boolean vouched) {
    return transactions.call(
        () -> {
          var forwarder = locked(viewer, forwarderId);
          var wanted = checked(forwarder, targets);
          if (!wanted.equals(forwarder.targets)) {
            forwarder.targets.clear();
            forwarder.targets.addAll(wanted);
          }
          forwarder.keepCopy = checked(forwarder, keepCopy);
          changed.updated(viewer, Subject.FORWARDER, forwarder.id, forwarder.address().toString());
          return written(viewer, forwarder, vouched);
        });
  }

  public void remove(Viewer viewer, long forwarderId) {
    transactions.run(() -> removal.forwarder(viewer, locked(viewer, forwarderId)));
  }

  /** In order, duplicates folded: two spellings of a mailbox are one target. */
  private List<String> checked(Forwarder forwarder, List<MailAddress> targets) {
    var distinct = new LinkedHashMap<MailAddress, String>();
    for (var target : targets) {
      var checked = Inputs.target("targets", target);
      if (checked.sameMailboxAs(forwarder.address())) {
        throw Problems.invalid(
            "targets", "A forwarder cannot send to itself; let the mailbox keep a copy instead.");
      }
      distinct.putIfAbsent(checked.canonical(), checked.toString());
    }
    if (distinct.isEmpty()) {
      throw Problems.invalid("targets", "Where does the mail go? Give at least one address.");
    }
    if (distinct.size() > config.forwarderTargets()) {
      throw Problems.invalid(
          "targets", "A forwarder has at most " + config.forwarderTargets() + " targets.");
    }
    return List.copyOf(distinct.values());
  }

  /** A mailbox and a forwarder share an address only when the mailbox gets the message, too. */
  private static boolean checked(Forwarder forwarder, boolean keepCopy) {
    boolean mailbox =
        Mailbox.count("domain = ?1 and localPart = ?2", forwarder.domain, forwarder.localPart) > 0;
    if (keepCopy && !mailbox) {
      throw Problems.invalid(
          "keepCopy", "There is no mailbox '" + forwarder.address() + "' to keep a copy in.");
    }
    if (!keepCopy && mailbox) {
      throw Problems.conflict(
          "keepCopy",
          "There is a mailbox '"
              + forwarder.address()
              + "': keep a copy in it, or choose another address.");
    }
    return keepCopy;
  }

  private Forwarder locked(Viewer viewer, long forwarderId) {
    long domainId =
        new DirectoryQuery<>(
                "domain.id",
                "Forwarder forwarder join forwarder.domain domain join domain.account account",
                Visible.byAccount(viewer),
                row -> row.get(0, Long.class))
            .where("forwarder.id = :id", "id", forwarderId)
            .one()
            .orElseThrow(() -> Problems.notFound("forwarder"));
    domains.locked(viewer, domainId);
    return entity(viewer, forwarderId);
  }

  private static Forwarder entity(Viewer viewer, long forwarderId) {
    return entities(viewer)
        .where("forwarder.id = :id", "id", forwarderId)
        .one()
        .orElseThrow(() -> Problems.notFound("forwarder"));
  }

  private static DirectoryQuery<Forwarder> entities(Viewer viewer) {
    return new DirectoryQuery<>(
        "forwarder", FROM, Visible.byAccount(viewer), row -> row.get(0, Forwarder.class));
  }
}
