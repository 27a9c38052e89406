package dev.postroom.panel;

import dev.postroom.directory.PageRequest;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueuedMessage;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** What waits to be sent on. */
@Path("/queue")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class QueuePages {
  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record QueueList(Page page, List<QueuedMessage> messages, String search, Pager pager)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Outbox outbox;
  private final PanelConfig config;

  QueuePages(Pages pages, SignedIn signedIn, Outbox outbox, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.outbox = outbox;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    var listing = outbox.list(signedIn.viewer(), new PageRequest(search, page, config.pageSize()));
    return new QueueList(
        pages.page("Queue", Page.Section.QUEUE),
        listing.items(),
        search,
        Pager.of(listing, "/queue", Map.of("q", search)));
  }
}
