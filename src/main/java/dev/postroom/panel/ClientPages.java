package dev.postroom.panel;

import dev.postroom.directory.PageRequest;
import dev.postroom.guard.ClientRule;
import dev.postroom.guard.ClientRules;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Which clients are turned away, and which never; for administrators. */
@Path("/clients")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class ClientPages {
  private static final String HERE = "/clients";

  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ClientList(
      Page page,
      List<ClientRule> rules,
      List<ClientRule> configured,
      String search,
      Pager pager,
      Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final ClientRules clients;
  private final PanelConfig config;

  ClientPages(Pages pages, SignedIn signedIn, ClientRules clients, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.clients = clients;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    Managers.requireAdministrator(signedIn);
    return list(search, page, Form.empty());
  }

  private TemplateInstance list(String search, int page, Form form) {
    var listing = clients.list(signedIn.viewer(), new PageRequest(search, page, config.pageSize()));
    return new ClientList(
        pages.page("Blocked clients", Page.Section.CLIENTS),
        listing.items(),
        clients.configured(signedIn.viewer()),
        search,
        Pager.of(listing, HERE, Map.of("q", search)),
        form);
  }

  @POST
  public Response add(MultivaluedMap<String, String> fields) {
    Managers.requireAdministrator(signedIn);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var network = form.required("network", "Type an IP address or a network.");
          var kind =
              form.value("kind").equals("ALLOW") ? ClientRule.Kind.ALLOW : ClientRule.Kind.DENY;
          var rule = clients.add(signedIn.viewer(), network, kind, form.text("reason"));
          return pages.done(HERE, "%s was added.".formatted(rule.network()));
        },
        () -> list("", 1, form));
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id) {
    Managers.requireAdministrator(signedIn);
    var rule = clients.remove(signedIn.viewer(), id);
    return pages.done(HERE, "%s was removed from the list.".formatted(rule.network()));
  }
}
