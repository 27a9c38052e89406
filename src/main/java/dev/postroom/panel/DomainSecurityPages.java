package dev.postroom.panel;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.sts.StsPolicy.Mode;
import dev.postroom.tlspolicy.PublishedPolicies;
import dev.postroom.tlspolicy.PublishedPolicy;
import dev.postroom.tlsreport.ReceivedReport;
import dev.postroom.tlsreport.ReceivedReports;
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
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestPath;

/** How mail to a domain must be protected on its way. */
@Path("/domains/{id}/security")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class DomainSecurityPages {
  @CheckedTemplate(
      basePath = "panel/domains",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record DomainSecurity(Page page, DomainInfo domain, Form form, List<ReceivedReport> reports)
      implements TemplateInstance {}

  private static final int REPORTS = 50;

  private final Pages pages;
  private final SignedIn signedIn;
  private final Domains domains;
  private final PublishedPolicies policies;
  private final ReceivedReports reports;

  DomainSecurityPages(
      Pages pages,
      SignedIn signedIn,
      Domains domains,
      PublishedPolicies policies,
      ReceivedReports reports) {
    this.reports = reports;
    this.pages = pages;
    this.signedIn = signedIn;
    this.domains = domains;
    this.policies = policies;
  }

  @GET
  public TemplateInstance show(@RestPath long id) {
    var mode = policies.find(signedIn.viewer(), id).map(PublishedPolicy::mode).orElse(Mode.NONE);
    return show(id, Form.empty().with("mode", mode.text()));
  }

  private TemplateInstance show(long id, Form form) {
    var domain = domains.find(signedIn.viewer(), id);
    return new DomainSecurity(
        pages.page("Protection of " + domain.name().unicode(), Page.Section.DOMAINS),
        domain,
        form,
        reports.list(signedIn.viewer(), id, REPORTS));
  }

  @POST
  public Response publish(@RestPath long id, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var mode = mode(form);
          policies.publish(signedIn.viewer(), id, mode);
          return pages.done(
              mode == Mode.NONE ? "/domains/" + id + "/security" : "/domains/" + id + "/dns",
              switch (mode) {
                case NONE -> "Nothing is demanded of other servers any more.";
                case TESTING -> "Saved. Publish the records below; then other servers report.";
                case ENFORCE ->
                    "Saved. Publish the records below; what is not protected will not be sent.";
              });
        },
        () -> show(id, form));
  }

  private static Mode mode(Form form) {
    try {
      return Mode.valueOf(form.text("mode").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Form.invalid("mode", "Choose one of the three.");
    }
  }
}
