package dev.postroom.panel;

import dev.postroom.audit.AuditEntry;
import dev.postroom.audit.AuditTrail;
import dev.postroom.directory.PageRequest;
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

/** Who did what: customers read of their own, resellers of their customers', too. */
@Path("/activity")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class AuditPages {
  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record AuditList(Page page, List<Line> lines, String search, Pager pager)
      implements TemplateInstance {}

  /** An entry in words. */
  record Line(AuditEntry entry) {
    /** {@code mailbox.created}: Mailbox created. */
    public String title() {
      var words =
          entry
              .action()
              .replaceFirst("^destination\\.", "forwarding destination ")
              .replaceFirst("^share\\.", "mailbox share ")
              .replaceFirst("^token\\.", "API token ")
              .replace('.', ' ')
              .replace('_', ' ')
              .replace('-', ' ');
      var begun = Character.toUpperCase(words.charAt(0)) + words.substring(1);
      return entry.messages() == null ? begun : begun + ": " + Words.number(entry.messages());
    }

    public String who() {
      if (!entry.actor().isEmpty()) {
        return entry.actor();
      }
      return switch (entry.who()) {
        case SERVER -> "The server";
        case ADMINISTRATOR, RESELLER -> "Your provider";
        case CUSTOMER, MAILBOX -> "The customer";
      };
    }

    public String how() {
      var way =
          switch (entry.way()) {
            case PANEL -> "in the panel";
            case API ->
                entry.credential().isEmpty()
                    ? "by the API"
                    : "by the API, token “" + entry.credential() + "”";
            case CLI ->
                entry.credential().isEmpty()
                    ? "on the command line"
                    : "on the command line, as " + entry.credential();
            case MAIL_PROGRAM -> "in a mail program";
            case SERVER -> "";
          };
      return entry.address().isEmpty() ? way : way + ", from " + entry.address();
    }
  }

  private final Pages pages;
  private final SignedIn signedIn;
  private final AuditTrail trail;
  private final PanelConfig config;

  AuditPages(Pages pages, SignedIn signedIn, AuditTrail trail, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.trail = trail;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    var listing = trail.list(signedIn.viewer(), new PageRequest(search, page, config.pageSize()));
    return new AuditList(
        pages.page("Activity", Page.Section.ACTIVITY),
        listing.items().stream().map(Line::new).toList(),
        search,
        Pager.of(listing, "/activity", Map.of("q", search)));
  }
}
