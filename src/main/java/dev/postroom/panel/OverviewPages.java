package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.queue.Outbox;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The first page: what needs attention, and what there is. */
@Path("/")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class OverviewPages {
  /** What there is, with the use of the plan where the plan has limits. */
  record Counts(Use domains, Use mailboxes, Use forwarders, Use storage, long waiting) {}

  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record Overview(Page page, Counts counts, SendingUse sending, List<Attention.Item> items)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final Forwarders forwarders;
  private final Outbox outbox;
  private final Allowances allowances;
  private final Attention attention;

  OverviewPages(
      Pages pages,
      SignedIn signedIn,
      Accounts accounts,
      Domains domains,
      Mailboxes mailboxes,
      Forwarders forwarders,
      Outbox outbox,
      Allowances allowances,
      Attention attention) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.forwarders = forwarders;
    this.outbox = outbox;
    this.allowances = allowances;
    this.attention = attention;
  }

  @GET
  public TemplateInstance show() {
    var viewer = signedIn.viewer();
    var counts = counts(viewer);
    var sending = SendingUse.of(allowances.find(viewer, Scope.account(viewer.accountId())));
    return new Overview(
        pages.page("Overview", Page.Section.OVERVIEW),
        counts,
        sending,
        attention.items(viewer, signedIn.account().suspension(), counts, sending));
  }

  private Counts counts(Viewer.Person viewer) {
    long waiting = outbox.count(viewer);
    var use = PlanUse.of(accounts.use(viewer, viewer.accountId()));
    return switch (viewer.role()) {
      case CUSTOMER, RESELLER ->
          new Counts(use.domains(), use.mailboxes(), use.forwarders(), use.storage(), waiting);
      case ADMINISTRATOR ->
          new Counts(
              all(domains.count(viewer)),
              all(mailboxes.count(viewer)),
              all(forwarders.count(viewer)),
              use.storage(),
              waiting);
    };
  }

  private static Use all(long number) {
    return Use.ofCount(number, PlanLimits.UNLIMITED);
  }
}
