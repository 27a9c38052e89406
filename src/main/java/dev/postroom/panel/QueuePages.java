package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Role;
import dev.postroom.queue.MessageDetails;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueueInspection;
import dev.postroom.queue.QueueOrders;
import dev.postroom.queue.QueuedMessage;
import dev.postroom.queue.StandingOrder;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What waits to be sent on: the list, and one message. */
@Path("/queue")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class QueuePages {
  @CheckedTemplate(basePath = "panel/queue", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record QueueList(
      Page page,
      List<QueuedMessage> messages,
      QueueFilter filter,
      List<OrderRow> orders,
      boolean administers,
      Pager pager)
      implements TemplateInstance {}

  @CheckedTemplate(basePath = "panel/queue", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record QueueShow(Page page, MessageDetails details, boolean kept, boolean administers)
      implements TemplateInstance {}

  /**
   * A standing order in the list.
   *
   * @param kept somebody above placed it
   */
  record OrderRow(StandingOrder order, String customer, boolean kept) {
    public boolean holds() {
      return order.kind() == StandingOrder.Kind.HOLD;
    }
  }

  private final Pages pages;
  private final SignedIn signedIn;
  private final Outbox outbox;
  private final QueueInspection inspection;
  private final QueueOrders orders;
  private final Accounts accounts;
  private final PanelConfig config;

  QueuePages(
      Pages pages,
      SignedIn signedIn,
      Outbox outbox,
      QueueInspection inspection,
      QueueOrders orders,
      Accounts accounts,
      PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.outbox = outbox;
    this.inspection = inspection;
    this.orders = orders;
    this.accounts = accounts;
    this.config = config;
  }

  @GET
  public TemplateInstance list(@Context UriInfo uri, @RestQuery @DefaultValue("1") int page) {
    var viewer = signedIn.viewer();
    var filter = QueueFilter.of(uri.getQueryParameters());
    var listing =
        outbox.list(
            viewer,
            filter.selection(viewer, accounts),
            new PageRequest("", page, config.pageSize()));
    return new QueueList(
        pages.page("Queue", Page.Section.QUEUE),
        listing.items(),
        filter,
        orders.list(viewer).stream().map(this::row).toList(),
        administers(),
        Pager.of(listing, "/queue", filter.query()));
  }

  private OrderRow row(StandingOrder order) {
    return new OrderRow(order, orders.customer(order), order.isAbove(signedIn.viewer()));
  }

  private boolean administers() {
    return signedIn.viewer().role() == Role.ADMINISTRATOR;
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    var details = inspection.details(signedIn.viewer(), id);
    return new QueueShow(
        pages.page("A waiting message", Page.Section.QUEUE),
        details,
        details.message().isHeldAbove(signedIn.viewer()),
        administers());
  }
}
