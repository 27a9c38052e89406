package dev.postroom.panel;

import dev.postroom.bulk.BulkJobs;
import dev.postroom.bulk.BulkRecipient;
import dev.postroom.bulk.RecipientState;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
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
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Messages to many: the list, and one with its progress. */
@Path("/bulk")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class BulkPages {
  /** A line of the list. */
  record Row(BulkJobs.View view, Use done) {
    static Row of(BulkJobs.View view) {
      var progress = view.progress();
      return new Row(view, Use.ofCount(progress.finished(), progress.all()));
    }
  }

  @CheckedTemplate(basePath = "panel/bulk", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record BulkList(Page page, List<Row> rows, Pager pager) implements TemplateInstance {}

  @CheckedTemplate(basePath = "panel/bulk", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record BulkShow(Page page, Row row, String state, List<BulkRecipient> recipients, Pager pager)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final BulkJobs jobs;
  private final PanelConfig config;

  BulkPages(Pages pages, SignedIn signedIn, BulkJobs jobs, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.jobs = jobs;
    this.config = config;
  }

  @GET
  public TemplateInstance list(@RestQuery @DefaultValue("1") int page) {
    Listing<BulkJobs.View> listing =
        jobs.list(signedIn.viewer(), new PageRequest("", page, config.pageSize()));
    return new BulkList(
        page("Bulk mail"),
        listing.items().stream().map(Row::of).toList(),
        Pager.of(listing, "/bulk", Map.of()));
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(
      @RestPath long id,
      @RestQuery @DefaultValue("failed") String state,
      @RestQuery @DefaultValue("1") int page) {
    var view = jobs.find(signedIn.viewer(), id);
    var listing =
        jobs.recipients(
            signedIn.viewer(), id, asState(state), new PageRequest("", page, config.pageSize()));
    return new BulkShow(
        page(view.job().subject()),
        Row.of(view),
        state,
        listing.items(),
        Pager.of(listing, "/bulk/" + id, Map.of("state", state)));
  }

  private static RecipientState asState(String text) {
    try {
      return RecipientState.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such page.");
    }
  }

  @POST
  @Path("{id}/pause")
  public Response pause(@RestPath long id) {
    jobs.pause(signedIn.viewer(), id);
    return pages.done("/bulk/" + id, "Paused. What is on its way already still goes out.");
  }

  @POST
  @Path("{id}/resume")
  public Response resume(@RestPath long id) {
    jobs.resume(signedIn.viewer(), id);
    return pages.done("/bulk/" + id, "It goes on.");
  }

  @POST
  @Path("{id}/cancel")
  public Response cancel(@RestPath long id) {
    jobs.cancel(signedIn.viewer(), id);
    return pages.done("/bulk/" + id, "Cancelled. What is on its way already still goes out.");
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.BULK);
  }
}
