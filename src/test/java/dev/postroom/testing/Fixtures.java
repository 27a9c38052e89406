package dev.postroom.testing;

import dev.postroom.auth.Passwords;
import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.ForwarderInfo;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Accounts, domains and mailboxes for tests, each with a name that no other test has. */
@ApplicationScoped
public class Fixtures {
  /** Of every mailbox and account made here. */
  public static final String PASSWORD = "plover-granite-49-teapot";

  private final AtomicInteger number = new AtomicInteger();
  private final Accounts accounts;
  private final Plans plans;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final Forwarders forwarders;
  private final Passwords passwords;

  Fixtures(
      Accounts accounts,
      Plans plans,
      Domains domains,
      Mailboxes mailboxes,
      Forwarders forwarders,
      Passwords passwords) {
    this.accounts = accounts;
    this.plans = plans;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.forwarders = forwarders;
    this.passwords = passwords;
  }

  /** A word that no other call has got. */
  public String unique(String word) {
    return word + "-" + number.incrementAndGet();
  }

  public Viewer.Person administrator() {
    return person(Role.ADMINISTRATOR, null, null);
  }

  public Viewer.Person reseller() {
    return person(Role.RESELLER, null, null);
  }

  public Viewer.Person customer() {
    return person(Role.CUSTOMER, null, null);
  }

  public Viewer.Person customer(PlanLimits limits) {
    return person(Role.CUSTOMER, plans.create(Viewer.SERVER, unique("plan"), limits).id(), null);
  }

  public Viewer.Person customerOf(Viewer.Person reseller) {
    return person(Role.CUSTOMER, null, reseller.accountId());
  }

  private Viewer.Person person(Role role, @Nullable Long plan, @Nullable Long parent) {
    var login = unique(role.name().toLowerCase(Locale.ROOT));
    AccountInfo account = accounts.create(Viewer.SERVER, role, login, login, plan, parent);
    return new Viewer.Person(account.id(), role, login);
  }

  /** A vouched domain of the owner's, {@code alpha-7.test}. */
  public DomainInfo domain(Viewer.Person owner) {
    return domains.create(
        Viewer.SERVER, DomainName.of(unique("alpha") + ".test"), owner.accountId());
  }

  /** A vouched domain of a new customer's. */
  public DomainInfo domain() {
    return domain(customer());
  }

  /** A mailbox that may sign in with {@link #PASSWORD}. */
  public MailboxInfo mailbox(DomainInfo domain, String localPart) {
    var mailbox = mailboxes.create(Viewer.SERVER, domain.id(), localPart, "", null);
    passwords.setForMailbox(Viewer.SERVER, mailbox.id(), PASSWORD);
    return mailbox;
  }

  public ForwarderInfo forwarder(DomainInfo domain, String localPart, String... targets) {
    List<MailAddress> to = Arrays.stream(targets).map(MailAddress::parse).toList();
    return forwarders.create(Viewer.SERVER, domain.id(), localPart, to, false);
  }
}
