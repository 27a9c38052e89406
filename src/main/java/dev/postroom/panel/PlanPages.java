package dev.postroom.panel;

import dev.postroom.directory.PageRequest;
import dev.postroom.directory.PlanInfo;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Role;
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
import java.util.Objects;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Plans, for administrators and resellers. */
@Path("/plans")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class PlanPages {
  private static final String NEW = "Add a plan";

  @CheckedTemplate(basePath = "panel/plans", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record PlanList(Page page, List<PlanInfo> plans, String search, Pager pager)
      implements TemplateInstance {}

  /**
   * @param id 0 for a new one
   * @param mine may be changed by who looks at it
   */
  @CheckedTemplate(basePath = "panel/plans", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record PlanEdit(Page page, long id, long accounts, boolean mine, String action, Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Plans plans;
  private final PanelConfig config;

  PlanPages(Pages pages, SignedIn signedIn, Plans plans, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.plans = plans;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    Managers.require(signedIn);
    var listing = plans.list(signedIn.viewer(), new PageRequest(search, page, config.pageSize()));
    return new PlanList(
        page("Plans"), listing.items(), search, Pager.of(listing, "/plans", Map.of("q", search)));
  }

  @GET
  @Path("new")
  public TemplateInstance add() {
    Managers.require(signedIn);
    return add(PlanForm.filled("", PlanForm.SUGGESTED));
  }

  private TemplateInstance add(Form form) {
    return new PlanEdit(page(NEW), 0, 0, true, "/plans/new", form);
  }

  @POST
  @Path("new")
  public Response create(MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var name = form.required("name", "Give the plan a name.");
          var plan = plans.create(signedIn.viewer(), name, PlanForm.read(form));
          return pages.done("/plans", "Plan %s was added.".formatted(plan.name()));
        },
        () -> add(form));
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    Managers.require(signedIn);
    var plan = plans.find(signedIn.viewer(), id);
    return edit(plan, PlanForm.filled(plan.name(), plan.limits()));
  }

  private TemplateInstance edit(PlanInfo plan, Form form) {
    var viewer = signedIn.viewer();
    boolean mine =
        viewer.role() == Role.ADMINISTRATOR || Objects.equals(plan.ownerId(), viewer.accountId());
    return new PlanEdit(
        page(plan.name()), plan.id(), plan.accounts(), mine, "/plans/" + plan.id(), form);
  }

  @POST
  @Path("{id}")
  public Response update(@RestPath long id, MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var name = form.required("name", "Give the plan a name.");
          plans.update(viewer, id, name, PlanForm.read(form));
          return pages.done("/plans/" + id, "Saved.");
        },
        () -> edit(plans.find(viewer, id), form));
  }

  @GET
  @Path("{id}/remove")
  public TemplateInstance removeForm(@RestPath long id) {
    Managers.require(signedIn);
    return removal(plans.find(signedIn.viewer(), id), Form.empty());
  }

  private TemplateInstance removal(PlanInfo plan, Form form) {
    return new Removal(
        page("Remove " + plan.name()),
        "plan",
        plan.name(),
        List.of("Its limits. No account is touched: a plan that accounts are on is kept"),
        false,
        "/plans/" + plan.id() + "/remove",
        "/plans/" + plan.id(),
        form);
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id, MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var plan = plans.find(signedIn.viewer(), id);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          plans.remove(signedIn.viewer(), id);
          return pages.done("/plans", "Plan %s was removed.".formatted(plan.name()));
        },
        () -> removal(plan, form));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.PLANS);
  }
}
