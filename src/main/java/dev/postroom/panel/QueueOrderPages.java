package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.queue.QueueOrders;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
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

/** Standing holds and reroutes: placing and lifting them. */
@Path("/queue/orders")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class QueueOrderPages {
  @CheckedTemplate(basePath = "panel/queue", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record QueueHold(Page page, Form form) implements TemplateInstance {}

  @CheckedTemplate(basePath = "panel/queue", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record QueueRoute(Page page, Form form) implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final QueueOrders orders;

  QueueOrderPages(Pages pages, SignedIn signedIn, Accounts accounts, QueueOrders orders) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.orders = orders;
  }

  @GET
  @Path("hold")
  public TemplateInstance holdForm() {
    return hold(Form.empty());
  }

  private TemplateInstance hold(Form form) {
    return new QueueHold(pages.page("Hold mail", Page.Section.QUEUE), form);
  }

  @POST
  @Path("hold")
  public Response placeHold(MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var placed =
              orders.hold(
                  signedIn.viewer(), customer(form), destination(form), form.text("reason"));
          return pages.done(
              "/queue",
              "From now on this mail is on hold. %s that waited %s on hold, too."
                  .formatted(
                      Words.number(placed.result().touched()),
                      placed.result().touched() == 1 ? "is" : "are"));
        },
        () -> hold(form));
  }

  @GET
  @Path("reroute")
  public TemplateInstance routeForm() {
    return route(Form.empty());
  }

  private TemplateInstance route(Form form) {
    return new QueueRoute(pages.page("Reroute mail", Page.Section.QUEUE), form);
  }

  @POST
  @Path("reroute")
  public Response placeRoute(MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          form.required("destination", "Name the domain whose mail should go elsewhere.");
          var placed =
              orders.reroute(
                  signedIn.viewer(),
                  customer(form),
                  destination(form),
                  form.required("route", "Name the host that it should go to."),
                  form.text("reason"));
          return pages.done(
              "/queue",
              "From now on this mail goes to %s, and so do %s that waited."
                  .formatted(placed.order().route(), Words.number(placed.result().touched())));
        },
        () -> route(form));
  }

  private @Nullable Long customer(Form form) {
    var login = form.text("customer");
    if (login.isEmpty()) {
      return null;
    }
    try {
      return accounts.findByLogin(signedIn.viewer(), login).id();
    } catch (DirectoryProblem _) {
      throw Form.invalid("customer", "There is no account with this login.");
    }
  }

  private static String destination(Form form) {
    return form.text("destination").isEmpty() ? "" : form.domain("destination").ascii();
  }

  @POST
  @Path("{id}/lift")
  public Response lift(@RestPath long id) {
    var result = orders.lift(signedIn.viewer(), id);
    return pages.done(
        "/queue",
        "Lifted. %s will be sent now."
            .formatted(Words.count(result.touched(), "message", "messages")));
  }
}
