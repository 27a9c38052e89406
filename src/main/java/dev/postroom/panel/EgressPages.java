package dev.postroom.panel;

import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Domains;
import dev.postroom.egress.Egress;
import dev.postroom.egress.EgressRule;
import dev.postroom.egress.RelayRule;
import dev.postroom.egress.RelayTls;
import dev.postroom.egress.Subject;
import dev.postroom.egress.Wanted;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** By which way the mail of an account or a domain leaves. */
@Path("/egress")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class EgressPages {
  private static final String SUBMISSION = "587";
  private static final int MAX_DIGITS = 5;

  /** Whose mail it is. */
  record Sender(Subject subject, String name, String back, Page.Section section, String scope) {}

  /**
   * What can be chosen.
   *
   * @param four IPv4 addresses of this server
   */
  record Choices(List<String> four, List<String> six) {
    public boolean any() {
      return !four.isEmpty() || !six.isEmpty();
    }
  }

  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record EgressForm(
      Page page, Sender sender, EgressRule rule, Choices choices, String action, Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final Domains domains;
  private final Egress egress;

  EgressPages(Pages pages, SignedIn signedIn, Accounts accounts, Domains domains, Egress egress) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.domains = domains;
    this.egress = egress;
  }

  @GET
  @Path("{kind}/{id}")
  public TemplateInstance show(@RestPath String kind, @RestPath long id) {
    var rule = egress.find(signedIn.viewer(), sender(kind, id).subject());
    return show(kind, id, filled(rule));
  }

  private TemplateInstance show(String kind, long id, Form form) {
    var sender = sender(kind, id);
    var sources = egress.sources();
    return new EgressForm(
        pages.page("How mail leaves", sender.section()),
        sender,
        egress.find(signedIn.viewer(), sender.subject()),
        new Choices(
            sources.stream().filter(source -> !source.contains(":")).toList(),
            sources.stream().filter(source -> source.contains(":")).toList()),
        "/egress/" + kind + "/" + id,
        form);
  }

  private static Form filled(EgressRule rule) {
    var form = Form.empty().with("source4", rule.source4()).with("source6", rule.source6());
    var relay = rule.relay();
    return relay == null
        ? form.with("host", "")
            .with("port", SUBMISSION)
            .with("tls", RelayTls.VERIFIED)
            .with("login", "")
            .with("password", "")
        : form.with("host", relay.host())
            .with("port", relay.port())
            .with("tls", relay.tls())
            .with("login", relay.login())
            .with("password", "");
  }

  @POST
  @Path("{kind}/{id}")
  public Response change(
      @RestPath String kind, @RestPath long id, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    var sender = sender(kind, id);
    return pages.submit(
        form,
        () -> {
          egress.change(signedIn.viewer(), sender.subject(), wanted(sender.subject(), form));
          return pages.done(sender.back(), "Saved. New mail takes this way from now on.");
        },
        () -> show(kind, id, form));
  }

  /** Fields that the viewer does not have say what is there already. */
  private Wanted wanted(Subject subject, Form form) {
    var now = egress.find(signedIn.viewer(), subject);
    return new Wanted(
        now.mayChangeRelay() ? relay(form) : now.relay(),
        now.mayChangeRelay() ? password(form) : null,
        now.mayChangeSource() ? form.text("source4") : now.source4(),
        now.mayChangeSource() ? form.text("source6") : now.source6());
  }

  private static @Nullable RelayRule relay(Form form) {
    var host = form.text("host").toLowerCase(Locale.ROOT);
    return host.isEmpty() ? null : new RelayRule(host, port(form), tls(form), form.text("login"));
  }

  private static int port(Form form) {
    var text = form.text("port");
    if (text.length() > MAX_DIGITS) {
      throw Form.invalid("port", "A port is a number from 1 to 65535.");
    }
    return (int) form.whole("port", "A port is a number from 1 to 65535.");
  }

  private static RelayTls tls(Form form) {
    return Arrays.stream(RelayTls.values())
        .filter(tls -> tls.name().equals(form.text("tls")))
        .findFirst()
        .orElseThrow(() -> Form.invalid("tls", "Choose how to connect."));
  }

  private static @Nullable String password(Form form) {
    var password = form.value("password");
    return password.isEmpty() ? null : password;
  }

  private Sender sender(String kind, long id) {
    var viewer = signedIn.viewer();
    return switch (kind) {
      case "account" -> {
        var account = accounts.find(viewer, id);
        yield new Sender(
            new Subject.Account(id),
            account.login(),
            "/accounts/" + id,
            Page.Section.ACCOUNTS,
            "This is for all mail of the account, a reseller's customers included, as far as they"
                + " or their domains have nothing else set.");
      }
      case "domain" -> {
        var domain = domains.find(viewer, id);
        yield new Sender(
            new Subject.Domain(id),
            domain.name().unicode(),
            "/domains/" + id,
            Page.Section.DOMAINS,
            "This is for mail sent with addresses of this domain. What is left empty is as for the"
                + " whole account.");
      }
      default ->
          throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such page.");
    };
  }
}
