package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Mailboxes;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
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

/** What an account, a domain or a mailbox may send, and setting it. */
@Path("/sending")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SendingPages {
  /**
   * Whose limits they are.
   *
   * @param others where the limits of those above may be met, too
   */
  record Subject(String name, String back, String others, Page.Section section) {}

  /** What the plan says, to be seen in the empty fields. */
  record Hints(
      String messagesPerHour,
      String messagesPerDay,
      String recipientsPerHour,
      String recipientsPerDay) {}

  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record SendingLimitsForm(Page page, Subject subject, SendingUse use, Hints hints, Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final Allowances allowances;

  SendingPages(
      Pages pages,
      SignedIn signedIn,
      Accounts accounts,
      Domains domains,
      Mailboxes mailboxes,
      Allowances allowances) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.allowances = allowances;
  }

  @GET
  @Path("{kind}/{id}")
  public TemplateInstance show(@RestPath String kind, @RestPath long id) {
    var scope = scope(kind, id);
    var set = allowances.find(signedIn.viewer(), scope).set();
    return show(scope, LimitFields.filled(set));
  }

  private TemplateInstance show(Scope scope, Form form) {
    var subject = subject(scope);
    var allowance = allowances.find(signedIn.viewer(), scope);
    var plan = allowance.plan();
    return new SendingLimitsForm(
        pages.page("Sending limits", subject.section()),
        subject,
        SendingUse.of(allowance),
        new Hints(
            hint(plan.messagesPerHour()),
            hint(plan.messagesPerDay()),
            hint(plan.recipientsPerHour()),
            hint(plan.recipientsPerDay())),
        form);
  }

  private static String hint(long plan) {
    var text = LimitFields.text(plan);
    return text.isEmpty() ? "Empty: no limit." : "Empty: %s, as in the plan.".formatted(text);
  }

  @POST
  @Path("{kind}/{id}")
  public Response change(
      @RestPath String kind, @RestPath long id, MultivaluedMap<String, String> fields) {
    var scope = scope(kind, id);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          allowances.change(signedIn.viewer(), scope, LimitFields.readSet(form));
          return pages.done(subject(scope).back(), "The limits of sending were changed.");
        },
        () -> show(scope, form));
  }

  private static Scope scope(String kind, long id) {
    return switch (kind) {
      case "account" -> Scope.account(id);
      case "domain" -> Scope.domain(id);
      case "mailbox" -> Scope.mailbox(id);
      default ->
          throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such page.");
    };
  }

  private Subject subject(Scope scope) {
    var viewer = signedIn.viewer();
    return switch (scope.kind()) {
      case ACCOUNT -> {
        var account = accounts.find(viewer, scope.id());
        yield new Subject(
            account.login(),
            account.id() == viewer.accountId() ? "/account" : "/accounts/" + account.id(),
            "All that is sent from this account counts.",
            Page.Section.ACCOUNTS);
      }
      case DOMAIN -> {
        var domain = domains.find(viewer, scope.id());
        yield new Subject(
            domain.name().unicode(),
            "/domains/" + domain.id(),
            "All that is sent from this domain's mailboxes counts. The limits of each mailbox and"
                + " of the whole account hold as well.",
            Page.Section.DOMAINS);
      }
      case MAILBOX -> {
        var mailbox = mailboxes.find(viewer, scope.id());
        yield new Subject(
            Words.address(mailbox.address()),
            "/mailboxes/" + mailbox.id(),
            "The limits of its domain and of the whole account hold as well.",
            Page.Section.MAILBOXES);
      }
    };
  }
}
