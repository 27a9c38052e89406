package dev.postroom.panel;

import dev.postroom.directory.Destinations;
import dev.postroom.directory.Domains;
import dev.postroom.directory.ForwarderInfo;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.PageRequest;
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
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Forwarders: the list, adding, changing and removing one. */
@Path("/forwarders")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class ForwarderPages {
  private static final String NEW = "Add a forwarder";

  @CheckedTemplate(
      basePath = "panel/forwarders",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ForwarderList(
      Page page,
      List<ForwarderInfo> forwarders,
      String search,
      long domainId,
      DomainChoice choice,
      Pager pager)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/forwarders",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ForwarderAdd(Page page, DomainChoice choice, Form form) implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/forwarders",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ForwarderShow(Page page, ForwarderInfo forwarder, Form form) implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Domains domains;
  private final Forwarders forwarders;
  private final Destinations destinations;
  private final PanelConfig config;

  ForwarderPages(
      Pages pages,
      SignedIn signedIn,
      Domains domains,
      Forwarders forwarders,
      Destinations destinations,
      PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.domains = domains;
    this.forwarders = forwarders;
    this.destinations = destinations;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search,
      @RestQuery @DefaultValue("") String domain,
      @RestQuery @DefaultValue("1") int page) {
    var viewer = signedIn.viewer();
    var domainId = DomainChoice.filter(domain);
    var listing =
        forwarders.list(viewer, domainId, new PageRequest(search, page, config.pageSize()));
    return new ForwarderList(
        page("Forwarders"),
        listing.items(),
        search,
        domainId == null ? 0 : domainId,
        DomainChoice.of(domains, viewer),
        Pager.of(listing, "/forwarders", Map.of("q", search, "domain", domain)));
  }

  @GET
  @Path("new")
  public TemplateInstance add(@RestQuery @DefaultValue("") String domain) {
    var viewer = signedIn.viewer();
    var form = DomainChoice.preset(domains, viewer, domain, Form.empty());
    return new ForwarderAdd(page(NEW), DomainChoice.of(domains, viewer), form);
  }

  @POST
  @Path("new")
  public Response create(MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var domain = DomainChoice.chosen(domains, viewer, form);
          var forwarder =
              forwarders.create(
                  viewer,
                  domain.id(),
                  form.required("localPart", "Type the part before the @."),
                  form.addresses("targets"),
                  form.on("keepCopy"));
          return pages.done(
              forwarder.isLive() ? "/forwarders" : "/forwarders/" + forwarder.id(),
              "Forwarder %s was added.".formatted(Words.address(forwarder.address())));
        },
        () -> new ForwarderAdd(page(NEW), DomainChoice.of(domains, viewer), form));
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    var forwarder = forwarders.find(signedIn.viewer(), id);
    return show(forwarder, filled(forwarder));
  }

  private static Form filled(ForwarderInfo forwarder) {
    var lines = forwarder.targets().stream().map(Words::address).collect(Collectors.joining("\n"));
    var form = Form.empty().with("targets", lines);
    return forwarder.keepCopy() ? form.with("keepCopy", "on") : form;
  }

  private TemplateInstance show(ForwarderInfo forwarder, Form form) {
    return new ForwarderShow(page(Words.address(forwarder.address())), forwarder, form);
  }

  @POST
  @Path("{id}")
  public Response update(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          forwarders.update(viewer, id, form.addresses("targets"), form.on("keepCopy"));
          return pages.done("/forwarders/" + id, "Saved.");
        },
        () -> show(forwarders.find(viewer, id), form));
  }

  /** Asks a destination by mail, once more where it was asked before. */
  @POST
  @Path("{id}/ask")
  public Response ask(@RestPath long id, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var to = form.address("address");
          destinations.ask(signedIn.viewer(), domainOf(id), to);
          return pages.done(
              "/forwarders/" + id, "A mail is on its way to " + Words.address(to) + ".");
        },
        () -> again(id, form));
  }

  @POST
  @Path("{id}/resume")
  public Response resume(@RestPath long id, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var to = form.address("address");
          destinations.resume(signedIn.viewer(), domainOf(id), to);
          return pages.done("/forwarders/" + id, "Mail goes to " + Words.address(to) + " again.");
        },
        () -> again(id, form));
  }

  private long domainOf(long id) {
    return forwarders.find(signedIn.viewer(), id).domainId();
  }

  /** What was wrong, above the forwarder as it is. */
  private TemplateInstance again(long id, Form wrong) {
    var forwarder = forwarders.find(signedIn.viewer(), id);
    var form = filled(forwarder);
    form.reject("", wrong.problem().isEmpty() ? wrong.error("address") : wrong.problem());
    return show(forwarder, form);
  }

  @GET
  @Path("{id}/remove")
  public TemplateInstance removeForm(@RestPath long id) {
    var forwarder = forwarders.find(signedIn.viewer(), id);
    var address = Words.address(forwarder.address());
    return new Removal(
        page("Remove " + address),
        "forwarder",
        address,
        List.of(
            "Its %s".formatted(Words.count(forwarder.targets().size(), "target", "targets")),
            "From then on, mail to this address is refused, unless a mailbox or catch-all takes it"),
        false,
        "/forwarders/" + id + "/remove",
        "/forwarders/" + id,
        Form.empty());
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id) {
    var viewer = signedIn.viewer();
    var forwarder = forwarders.find(viewer, id);
    forwarders.remove(viewer, id);
    return pages.done(
        "/forwarders", "Forwarder %s was removed.".formatted(Words.address(forwarder.address())));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.FORWARDERS);
  }
}
