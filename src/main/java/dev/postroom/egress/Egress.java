package dev.postroom.egress;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Role;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import dev.postroom.outbound.OutboundConfig;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows and changes by which way the mail of an account or a domain leaves. */
@ApplicationScoped
public class Egress {
  private final Transactions transactions;
  private final Accounts accounts;
  private final Domains domains;
  private final EgressTable table;
  private final Vault vault;
  private final Audit audit;
  private final AgroalDataSource database;
  private final Event<EgressChanged> changes;
  private final EgressConfig config;
  private final EgressChecks checks;

  Egress(
      Transactions transactions,
      Accounts accounts,
      Domains domains,
      EgressTable table,
      Vault vault,
      Audit audit,
      AgroalDataSource database,
      Event<EgressChanged> changes,
      EgressConfig config,
      OutboundConfig outbound) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.domains = domains;
    this.table = table;
    this.vault = vault;
    this.audit = audit;
    this.database = database;
    this.changes = changes;
    this.config = config;
    this.checks = new EgressChecks(outbound.sources().keySet());
  }

  /** Addresses of this server that can be given to somebody. */
  public List<String> sources() {
    return checks.sources();
  }

  public EgressRule find(Viewer viewer, Subject subject) {
    return transactions.call(
        () -> {
          name(viewer, subject);
          return shown(viewer, table.find(subject));
        });
  }

  private EgressRule shown(Viewer viewer, EgressTable.Stored stored) {
    boolean mayChange = mayChangeRelay(viewer, stored.relayBy());
    return new EgressRule(
        stored.relay() == null || mayChange ? stored.relay() : RelayRule.HIDDEN,
        stored.source4(),
        stored.source6(),
        mayChange,
        rank(viewer) >= rank(Role.ADMINISTRATOR));
  }

  /** What people call it; fails when the viewer does not see it. */
  private String name(Viewer viewer, Subject subject) {
    return switch (subject) {
      case Subject.Account(var id) -> accounts.find(viewer, id).login();
      case Subject.Domain(var id) -> domains.find(viewer, id).name().ascii();
    };
  }

  /** Nobody changes what somebody above has set. */
  private boolean mayChangeRelay(Viewer viewer, @Nullable Role setBy) {
    int own = rank(viewer);
    int least = rank(config.customersMayChoose() ? Role.CUSTOMER : Role.RESELLER);
    return own >= least && (setBy == null || own >= rank(setBy));
  }

  private static int rank(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> rank(Role.ADMINISTRATOR);
      case Viewer.Person(_, var role, _) -> rank(role);
      case Viewer.MailboxUser _ -> 0;
    };
  }

  private static int rank(Role role) {
    return switch (role) {
      case CUSTOMER -> 1;
      case RESELLER -> 2;
      case ADMINISTRATOR -> 3;
    };
  }

  /** Replaces the rule; nothing wanted removes it. */
  public EgressRule change(Viewer viewer, Subject subject, Wanted wanted) {
    return transactions.call(
        () -> {
          var name = name(viewer, subject);
          var before = table.find(subject);
          var after = after(viewer, before, wanted);
          if (after.isNothing()) {
            table.remove(subject);
          } else {
            table.put(subject, after);
          }
          note(viewer, subject, name, after);
          changes.fire(new EgressChanged(subject));
          return shown(viewer, after);
        });
  }

  private EgressTable.Stored after(Viewer viewer, EgressTable.Stored before, Wanted wanted) {
    var shown = shown(viewer, before);
    boolean sameRelay = Objects.equals(before.relay(), wanted.relay()) && wanted.password() == null;
    boolean sameSources =
        before.source4().equals(wanted.source4()) && before.source6().equals(wanted.source6());
    if ((!sameRelay && !shown.mayChangeRelay()) || (!sameSources && !shown.mayChangeSource())) {
      throw new DirectoryProblem(Kind.FORBIDDEN, "", "This is your provider's to change.");
    }
    checks.sources(wanted);
    var relay = wanted.relay();
    if (sameRelay) {
      return new EgressTable.Stored(
          before.relay(), before.relayBy(), before.password(), wanted.source4(), wanted.source6());
    }
    if (relay == null) {
      return new EgressTable.Stored(null, null, null, wanted.source4(), wanted.source6());
    }
    checks.relay(relay);
    return new EgressTable.Stored(
        relay,
        roleOf(viewer),
        relay.hasLogin() ? vault.seal(relay, password(before, wanted)) : null,
        wanted.source4(),
        wanted.source6());
  }

  private static Role roleOf(Viewer viewer) {
    return viewer instanceof Viewer.Person(_, var role, _) ? role : Role.ADMINISTRATOR;
  }

  /** The one that is there is kept for the same host and login only. */
  private String password(EgressTable.Stored before, Wanted wanted) {
    if (wanted.password() != null) {
      return EgressChecks.password(wanted.password());
    }
    var old = before.relay();
    var relay = Objects.requireNonNull(wanted.relay());
    var sealed = before.password();
    if (old == null
        || sealed == null
        || !old.host().equals(relay.host())
        || !old.login().equals(relay.login())) {
      throw new DirectoryProblem(Kind.INVALID, "password", "Enter the password for this login.");
    }
    return vault
        .open(old, sealed)
        .orElseThrow(
            () ->
                new DirectoryProblem(
                    Kind.INVALID, "password", "The stored password cannot be read: enter it."));
  }

  private void note(Viewer viewer, Subject subject, String name, EgressTable.Stored after) {
    var relay = after.relay();
    var detail =
        "relay host: %s, source: %s %s"
            .formatted(
                relay == null ? "none" : relay.host() + ":" + relay.port(),
                after.source4(),
                after.source6())
            .strip();
    var deed = new Deed("egress.changed", name, detail, null);
    try (var connection = database.getConnection()) {
      audit.record(
          connection,
          viewer,
          switch (subject) {
            case Subject.Account(var id) -> deed.of(Deed.Owner.ACCOUNT, id);
            case Subject.Domain(var id) -> deed.of(Deed.Owner.DOMAIN, id);
          });
    } catch (SQLException failed) {
      throw new EgressUnavailableException(failed);
    }
  }
}
