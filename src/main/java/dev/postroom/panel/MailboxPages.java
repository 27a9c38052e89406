package dev.postroom.panel;

import dev.postroom.auth.Passwords;
import dev.postroom.directory.DirectoryConfig;
import dev.postroom.directory.Domains;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.ShareInfo;
import dev.postroom.directory.Shares;
import dev.postroom.directory.Transactions;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Mailboxes: the list, adding one, its page. */
@Path("/mailboxes")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class MailboxPages {
  private static final String NEW = "Add a mailbox";

  /** A line of the list. */
  record Row(MailboxInfo mailbox, Use use) {}

  @CheckedTemplate(
      basePath = "panel/mailboxes",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record MailboxList(
      Page page, List<Row> rows, String search, long domainId, DomainChoice choice, Pager pager)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/mailboxes",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record MailboxAdd(Page page, DomainChoice choice, Form form) implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/mailboxes",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record MailboxShow(
      Page page,
      MailboxInfo mailbox,
      Use use,
      long messages,
      SendingUse sending,
      List<ShareInfo> shares,
      Form form,
      Form password)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final Shares shares;
  private final Allowances allowances;
  private final Passwords passwords;
  private final Transactions transactions;
  private final MailStore store;
  private final PanelConfig config;
  private final DirectoryConfig directory;

  MailboxPages(
      Pages pages,
      SignedIn signedIn,
      Domains domains,
      Mailboxes mailboxes,
      Shares shares,
      Allowances allowances,
      Passwords passwords,
      Transactions transactions,
      MailStore store,
      PanelConfig config,
      DirectoryConfig directory) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.shares = shares;
    this.allowances = allowances;
    this.passwords = passwords;
    this.transactions = transactions;
    this.store = store;
    this.config = config;
    this.directory = directory;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search,
      @RestQuery @DefaultValue("") String domain,
      @RestQuery @DefaultValue("1") int page) {
    var viewer = signedIn.viewer();
    var choice = DomainChoice.of(domains, viewer);
    var domainId = DomainChoice.filter(domain);
    var listing =
        mailboxes.list(viewer, domainId, new PageRequest(search, page, config.pageSize()));
    return new MailboxList(
        page("Mailboxes"),
        rows(listing.items()),
        search,
        domainId == null ? 0 : domainId,
        choice,
        Pager.of(listing, "/mailboxes", Map.of("q", search, "domain", domain)));
  }

  private List<Row> rows(List<MailboxInfo> page) {
    var usage = store.usage(page.stream().map(MailboxInfo::id).toList());
    return page.stream()
        .map(
            mailbox ->
                new Row(
                    mailbox,
                    Use.ofOctets(
                        usage.getOrDefault(mailbox.id(), Usage.EMPTY).octets(),
                        mailbox.quotaOctets())))
        .toList();
  }

  @GET
  @Path("new")
  public TemplateInstance add(@RestQuery @DefaultValue("") String domain) {
    var viewer = signedIn.viewer();
    var quota = Sizes.put(Form.empty(), "quotaOctets", directory.defaultQuota().asLongValue());
    var form = DomainChoice.preset(domains, viewer, domain, quota);
    return new MailboxAdd(page(NEW), DomainChoice.of(domains, viewer), form);
  }

  @POST
  @Path("new")
  public Response create(MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> create(form),
        () -> new MailboxAdd(page(NEW), DomainChoice.of(domains, viewer), form));
  }

  private Response create(Form form) {
    var viewer = signedIn.viewer();
    var domain = DomainChoice.chosen(domains, viewer, form);
    var localPart = form.required("localPart", "Type the part before the @.");
    var displayName = form.text("displayName");
    long quota = Sizes.read(form, "quotaOctets");
    var password = ChosenPassword.of(form, passwords);
    var address = localPart + "@" + domain.name();
    var hash = passwords.hashForMailbox(address, password.text(), List.of(localPart, displayName));
    var mailbox =
        transactions.call(
            () -> {
              var made = mailboxes.create(viewer, domain.id(), localPart, displayName, quota);
              passwords.setForMailbox(viewer, made.id(), hash);
              return made;
            });
    return pages.done(
        "/mailboxes/" + mailbox.id(),
        password.notice("Mailbox %s was added.".formatted(Words.address(mailbox.address()))));
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    var mailbox = mailboxes.find(signedIn.viewer(), id);
    return show(mailbox, filled(mailbox), Form.empty());
  }

  private static Form filled(MailboxInfo mailbox) {
    var form = Form.empty().with("displayName", mailbox.displayName());
    if (mailbox.detailFolders()) {
      form.with("detailFolders", "on");
    }
    return Sizes.put(form, "quotaOctets", mailbox.quotaOctets());
  }

  private TemplateInstance show(MailboxInfo mailbox, Form form, Form password) {
    var usage = store.usage(List.of(mailbox.id())).getOrDefault(mailbox.id(), Usage.EMPTY);
    return new MailboxShow(
        page(Words.address(mailbox.address())),
        mailbox,
        Use.ofOctets(usage.octets(), mailbox.quotaOctets()),
        usage.messages(),
        SendingUse.of(allowances.find(signedIn.viewer(), Scope.mailbox(mailbox.id()))),
        shares.list(signedIn.viewer(), mailbox.id()),
        form,
        password);
  }

  @POST
  @Path("{id}")
  public Response update(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          transactions.run(
              () -> {
                mailboxes.update(
                    viewer, id, form.text("displayName"), Sizes.read(form, "quotaOctets"));
                mailboxes.fileByDetail(viewer, id, form.on("detailFolders"));
              });
          return pages.done("/mailboxes/" + id, "Saved.");
        },
        () -> show(mailboxes.find(viewer, id), form, Form.empty()));
  }

  @GET
  @Path("{id}/password")
  public Response passwordPage(@RestPath long id) {
    return pages.go("/mailboxes/" + id);
  }

  @POST
  @Path("{id}/password")
  public Response setPassword(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var password = ChosenPassword.of(form, passwords);
          passwords.setForMailbox(viewer, id, password.text());
          return pages.done("/mailboxes/" + id, password.notice("The password was changed."));
        },
        () -> {
          var mailbox = mailboxes.find(viewer, id);
          return show(mailbox, filled(mailbox), form);
        });
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.MAILBOXES);
  }
}
