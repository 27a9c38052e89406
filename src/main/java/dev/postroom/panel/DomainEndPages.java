package dev.postroom.panel;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Suspension;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** Suspending a domain, and removing it. */
@Path("/domains")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class DomainEndPages {
  private final Pages pages;
  private final SignedIn signedIn;
  private final Domains domains;

  DomainEndPages(Pages pages, SignedIn signedIn, Domains domains) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.domains = domains;
  }

  @GET
  @Path("{id}/suspend")
  public TemplateInstance suspendForm(@RestPath long id) {
    var domain = domains.find(signedIn.viewer(), id);
    return suspension(domain, SuspensionForm.filled(domain.suspension()));
  }

  private TemplateInstance suspension(DomainInfo domain, Form form) {
    return new SuspensionForm(
        page("Suspend " + domain.name().unicode()),
        "domain",
        domain.name().unicode(),
        "/domains/" + domain.id() + "/suspend",
        "/domains/" + domain.id(),
        domain.suspension().isActive(),
        form);
  }

  @POST
  @Path("{id}/suspend")
  public Response suspend(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var domain = domains.suspend(viewer, id, SuspensionForm.read(form));
          return pages.done(
              "/domains/" + id,
              "Suspended for %s: %s."
                  .formatted(domain.name().unicode(), SuspensionForm.words(domain.suspension())));
        },
        () -> suspension(domains.find(viewer, id), form));
  }

  @POST
  @Path("{id}/resume")
  public Response resume(@RestPath long id) {
    var domain = domains.suspend(signedIn.viewer(), id, Suspension.NONE);
    return pages.done("/domains/" + id, "%s works again.".formatted(domain.name().unicode()));
  }

  @GET
  @Path("{id}/remove")
  public TemplateInstance removeForm(@RestPath long id) {
    return removal(domains.find(signedIn.viewer(), id), Form.empty());
  }

  private TemplateInstance removal(DomainInfo domain, Form form) {
    return new Removal(
        page("Remove " + domain.name().unicode()),
        "domain",
        domain.name().unicode(),
        List.of(
            Words.count(domain.mailboxes(), "mailbox", "mailboxes") + " with all their mail",
            Words.count(domain.forwarders(), "forwarder", "forwarders"),
            "From then on, mail for the domain is refused"),
        true,
        "/domains/" + domain.id() + "/remove",
        "/domains/" + domain.id(),
        form);
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var domain = domains.find(viewer, id);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          Removal.requireTyped(form, domain.name().unicode());
          domains.remove(viewer, id);
          return pages.done(
              "/domains", "Domain %s was removed.".formatted(domain.name().unicode()));
        },
        () -> removal(domain, form));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.DOMAINS);
  }
}
