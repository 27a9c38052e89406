package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DestinationInfo;
import dev.postroom.directory.Destinations;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Domains: the list, adding one, its page, removing it. */
@Path("/domains")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class DomainPages {
  @CheckedTemplate(
      basePath = "panel/domains",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record DomainList(Page page, List<DomainInfo> domains, String search, Pager pager)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/domains",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record DomainAdd(Page page, Form form) implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/domains",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record DomainShow(
      Page page,
      DomainInfo domain,
      DomainSetup.Records records,
      SendingUse sending,
      @Nullable DestinationInfo catchAll,
      List<DomainName> aliases,
      Form form,
      Form alias)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/domains",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record DomainDns(Page page, DomainInfo domain, List<DomainSetup.Wanted> records)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Domains domains;
  private final Destinations destinations;
  private final Accounts accounts;
  private final DomainSetup setup;
  private final Allowances allowances;
  private final PanelConfig config;

  DomainPages(
      Pages pages,
      SignedIn signedIn,
      Domains domains,
      Destinations destinations,
      Accounts accounts,
      DomainSetup setup,
      Allowances allowances,
      PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.domains = domains;
    this.destinations = destinations;
    this.accounts = accounts;
    this.setup = setup;
    this.allowances = allowances;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    Listing<DomainInfo> listing =
        domains.list(signedIn.viewer(), new PageRequest(search, page, config.pageSize()));
    return new DomainList(
        page("Domains"),
        listing.items(),
        search,
        Pager.of(listing, "/domains", Map.of("q", search)));
  }

  @GET
  @Path("new")
  public TemplateInstance add() {
    return new DomainAdd(page("Add a domain"), Form.empty());
  }

  @POST
  @Path("new")
  public Response create(MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          form.required("name", "Type the domain, for example example.org.");
          var domain = domains.create(signedIn.viewer(), form.domain("name"), owner(form));
          return pages.done(
              "/domains/" + domain.id(), "Domain %s was added.".formatted(domain.name().unicode()));
        },
        () -> new DomainAdd(page("Add a domain"), form));
  }

  /** Resellers and administrators may add one for an account below them. */
  private @Nullable Long owner(Form form) {
    var login = form.text("account");
    if (login.isEmpty()) {
      return null;
    }
    try {
      return accounts.findByLogin(signedIn.viewer(), login).id();
    } catch (DirectoryProblem _) {
      throw Form.invalid("account", "There is no account '%s'.".formatted(login));
    }
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    var domain = domains.find(signedIn.viewer(), id);
    return show(domain, filled(domain), filledAlias(domain));
  }

  private static Form filled(DomainInfo domain) {
    return Form.empty().with("target", catchAll(domain));
  }

  private static Form filledAlias(DomainInfo domain) {
    var of = domain.aliasOf();
    return Form.empty().with("of", of == null ? "" : of.unicode());
  }

  private TemplateInstance show(DomainInfo domain, Form form, Form alias) {
    var viewer = signedIn.viewer();
    return new DomainShow(
        page(domain.name().unicode()),
        domain,
        setup.records(domain),
        SendingUse.of(allowances.find(viewer, Scope.domain(domain.id()))),
        destinations.catchAll(viewer, domain.id()),
        domains.aliases(viewer, domain.id()),
        form,
        alias);
  }

  private static String catchAll(DomainInfo domain) {
    return domain.catchAll() == null ? "" : domain.catchAll().toString();
  }

  /** The catch-all. */
  @POST
  @Path("{id}")
  public Response catchAll(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var target = form.text("target").isEmpty() ? null : form.address("target");
          domains.catchAll(viewer, id, target);
          return pages.done(
              "/domains/" + id,
              target == null
                  ? "Mail to unknown addresses is now refused."
                  : "Mail to unknown addresses now goes to " + target + ".");
        },
        () -> {
          var domain = domains.find(viewer, id);
          return show(domain, form, filledAlias(domain));
        });
  }

  /** Which other domain's addresses it has. */
  @POST
  @Path("{id}/alias")
  public Response alias(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var target = form.text("of").isEmpty() ? null : form.domain("of");
          domains.alias(viewer, id, target);
          return pages.done(
              "/domains/" + id,
              target == null
                  ? "It is not another name for a domain any more."
                  : "Every address of %s works here, too.".formatted(target.unicode()));
        },
        () -> {
          var domain = domains.find(viewer, id);
          return show(domain, filled(domain), form);
        });
  }

  /** Asks the target of the catch-all by mail, once more. */
  @POST
  @Path("{id}/ask")
  public Response ask(@RestPath long id) {
    return toCatchAll(
        id,
        target -> {
          destinations.ask(signedIn.viewer(), id, target);
          return "A mail is on its way to " + Words.address(target) + ".";
        });
  }

  @POST
  @Path("{id}/resume-catch-all")
  public Response resumeCatchAll(@RestPath long id) {
    return toCatchAll(
        id,
        target -> {
          destinations.resume(signedIn.viewer(), id, target);
          return "Mail goes to " + Words.address(target) + " again.";
        });
  }

  private Response toCatchAll(long id, Function<MailAddress, String> action) {
    var domain = domains.find(signedIn.viewer(), id);
    var target = domain.catchAll();
    if (target == null) {
      return pages.go("/domains/" + id);
    }
    var form = filled(domain);
    return pages.submit(
        form,
        () -> pages.done("/domains/" + id, action.apply(target)),
        () -> show(domain, form, filledAlias(domain)));
  }

  /** Looks into the DNS now and says what is there. */
  @POST
  @Path("{id}/check")
  public Response check(@RestPath long id) {
    return pages.done("/domains/" + id, setup.check(signedIn.viewer(), id));
  }

  /** The records that it should publish, beside those that it does. */
  @GET
  @Path("{id}/dns")
  public TemplateInstance dns(@RestPath long id) {
    var viewer = signedIn.viewer();
    var domain = domains.find(viewer, id);
    return new DomainDns(
        page("DNS records of " + domain.name().unicode()), domain, setup.wanted(viewer, id));
  }

  @POST
  @Path("{id}/vouch")
  public Response vouch(@RestPath long id) {
    var domain = domains.vouch(signedIn.viewer(), id);
    return pages.done(
        "/domains/" + id,
        "You vouched for %s. It takes mail now.".formatted(domain.name().unicode()));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.DOMAINS);
  }
}
