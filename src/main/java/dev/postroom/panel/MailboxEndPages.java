package dev.postroom.panel;

import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Suspension;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
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
import org.jboss.resteasy.reactive.RestPath;

/** Suspending a mailbox, and removing it. */
@Path("/mailboxes")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class MailboxEndPages {
  private final Pages pages;
  private final SignedIn signedIn;
  private final Mailboxes mailboxes;
  private final MailStore store;

  MailboxEndPages(Pages pages, SignedIn signedIn, Mailboxes mailboxes, MailStore store) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.mailboxes = mailboxes;
    this.store = store;
  }

  @GET
  @Path("{id}/suspend")
  public TemplateInstance suspendForm(@RestPath long id) {
    var mailbox = mailboxes.find(signedIn.viewer(), id);
    return suspension(mailbox, SuspensionForm.filled(mailbox.suspension()));
  }

  private TemplateInstance suspension(MailboxInfo mailbox, Form form) {
    var address = Words.address(mailbox.address());
    return new SuspensionForm(
        page("Suspend " + address),
        "mailbox",
        address,
        "/mailboxes/" + mailbox.id() + "/suspend",
        "/mailboxes/" + mailbox.id(),
        mailbox.suspension().isActive(),
        form);
  }

  @POST
  @Path("{id}/suspend")
  public Response suspend(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var mailbox = mailboxes.suspend(viewer, id, SuspensionForm.read(form));
          return pages.done(
              "/mailboxes/" + id,
              "Suspended for %s: %s."
                  .formatted(
                      Words.address(mailbox.address()),
                      SuspensionForm.words(mailbox.suspension())));
        },
        () -> suspension(mailboxes.find(viewer, id), form));
  }

  @POST
  @Path("{id}/resume")
  public Response resume(@RestPath long id) {
    var mailbox = mailboxes.suspend(signedIn.viewer(), id, Suspension.NONE);
    return pages.done(
        "/mailboxes/" + id,
        "%s is no longer suspended.".formatted(Words.address(mailbox.address())));
  }

  @GET
  @Path("{id}/remove")
  public TemplateInstance removeForm(@RestPath long id) {
    return removal(mailboxes.find(signedIn.viewer(), id), Form.empty());
  }

  private TemplateInstance removal(MailboxInfo mailbox, Form form) {
    var usage = store.usage(List.of(mailbox.id())).getOrDefault(mailbox.id(), Usage.EMPTY);
    var address = Words.address(mailbox.address());
    return new Removal(
        page("Remove " + address),
        "mailbox",
        address,
        List.of(
            "%s (%s)"
                .formatted(
                    Words.count(usage.messages(), "message", "messages"),
                    Words.size(usage.octets())),
            "Its folders and its password",
            "From then on, mail to this address is refused, unless a forwarder or catch-all takes it"),
        true,
        "/mailboxes/" + mailbox.id() + "/remove",
        "/mailboxes/" + mailbox.id(),
        form);
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id, MultivaluedMap<String, String> fields) {
    var viewer = signedIn.viewer();
    var mailbox = mailboxes.find(viewer, id);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var address = Words.address(mailbox.address());
          Removal.requireTyped(form, address);
          mailboxes.remove(viewer, id);
          return pages.done("/mailboxes", "Mailbox %s was removed.".formatted(address));
        },
        () -> removal(mailbox, form));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.MAILBOXES);
  }
}
