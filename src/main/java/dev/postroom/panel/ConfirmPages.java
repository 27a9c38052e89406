package dev.postroom.panel;

import dev.postroom.directory.Confirmations;
import dev.postroom.directory.Invitation;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import io.quarkus.qute.CheckedTemplate;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Where the link in a mail leads that asks whether somebody wants what is forwarded to them. No
 * login, but a button: programs that look at links in mails agree to nothing.
 */
@Path("/confirm/{token}")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class ConfirmPages {
  /**
   * @param invitation null when the link is not good
   */
  @CheckedTemplate(
      basePath = "panel/forwarders",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ForwardingConfirm(Page page, @Nullable Invitation invitation, String path)
      implements TemplateInstance {}

  private final Pages pages;
  private final Confirmations confirmations;

  ConfirmPages(Pages pages, Confirmations confirmations) {
    this.pages = pages;
    this.confirmations = confirmations;
  }

  @GET
  public Response show(@RestPath String token) {
    var invitation = confirmations.find(token);
    var status = invitation.isPresent() ? Response.Status.OK : Response.Status.NOT_FOUND;
    var page = pages.page("Forwarded mail", Page.Section.NONE);
    return Response.status(status)
        .entity(new ForwardingConfirm(page, invitation.orElse(null), "/confirm/" + token))
        .build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response answer(@RestPath String token, MultivaluedMap<String, String> fields) {
    switch (Form.of(fields).value("answer")) {
      case "yes" -> confirmations.answer(token, true);
      case "no" -> confirmations.answer(token, false);
      default -> {} // the page asks again
    }
    return pages.go("/confirm/" + token);
  }
}
