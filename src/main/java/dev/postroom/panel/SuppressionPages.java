package dev.postroom.panel;

import dev.postroom.bulk.Suppression;
import dev.postroom.bulk.Suppressions;
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
import org.jboss.resteasy.reactive.RestQuery;

/** The addresses that get no bulk mail of one's own account. */
@Path("/suppressions")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SuppressionPages {
  private static final String HERE = "/suppressions";

  @CheckedTemplate(basePath = "panel/bulk", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record SuppressionList(
      Page page, List<Suppression> suppressions, String search, Pager pager, Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Suppressions suppressions;
  private final PanelConfig config;

  SuppressionPages(Pages pages, SignedIn signedIn, Suppressions suppressions, PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.suppressions = suppressions;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    return list(search, page, Form.empty());
  }

  private TemplateInstance list(String search, int page, Form form) {
    var viewer = signedIn.viewer();
    var listing =
        suppressions.list(
            viewer, viewer.accountId(), new PageRequest(search, page, config.pageSize()));
    return new SuppressionList(
        pages.page("Suppressed addresses", Page.Section.BULK),
        listing.items(),
        search,
        Pager.of(listing, HERE, Map.of("q", search)),
        form);
  }

  /** One address a line: a column of a table can be pasted as it is. */
  @POST
  public Response add(MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          form.required("addresses", "Type at least one address.");
          var addresses = form.addresses("addresses");
          suppressions.add(viewer, viewer.accountId(), addresses, form.text("detail"));
          return pages.done(
              HERE, Words.count(addresses.size(), "address", "addresses") + " added.");
        },
        () -> list("", 1, form));
  }

  @POST
  @Path("remove")
  public Response remove(MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var address = form.address("address");
          suppressions.remove(viewer, viewer.accountId(), address);
          return pages.done(HERE, address + " gets bulk mail again.");
        },
        () -> list("", 1, form));
  }

  /** All of them, for a spreadsheet (RFC 4180). */
  @GET
  @Path("export.csv")
  @Produces("text/csv; charset=utf-8")
  public Response export() {
    var viewer = signedIn.viewer();
    var csv = new StringBuilder("address,reason,since,detail\r\n");
    for (int page = 1; ; page++) {
      var some =
          suppressions.list(
              viewer, viewer.accountId(), new PageRequest("", page, PageRequest.MAX_PAGE_SIZE));
      some.items().forEach(each -> line(csv, each));
      if (some.items().size() < PageRequest.MAX_PAGE_SIZE) {
        return Response.ok(csv.toString())
            .header("Content-Disposition", "attachment; filename=\"suppressed.csv\"")
            .build();
      }
    }
  }

  private static void line(StringBuilder csv, Suppression suppression) {
    csv.append(quoted(suppression.address().toString()))
        .append(',')
        .append(suppression.reason())
        .append(',')
        .append(suppression.since())
        .append(',')
        .append(quoted(suppression.detail()))
        .append("\r\n");
  }

  /** What begins like a formula is text: the words are a stranger's. */
  private static String quoted(String text) {
    var safe = text.isEmpty() || "=+-@\t".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
