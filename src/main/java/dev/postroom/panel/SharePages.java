package dev.postroom.panel;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.ShareInfo;
import dev.postroom.directory.ShareLevel;
import dev.postroom.directory.Shares;
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
import org.jboss.resteasy.reactive.RestPath;

/** With whom a mailbox is shared: the list, sharing it, changing and ending that. */
@Path("/mailboxes/{id}/shares")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SharePages {
  @CheckedTemplate(
      basePath = "panel/mailboxes",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ShareList(Page page, MailboxInfo mailbox, List<ShareInfo> shares, Form form)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/mailboxes",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record ShareShow(Page page, MailboxInfo mailbox, ShareInfo share, Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Mailboxes mailboxes;
  private final Shares shares;

  SharePages(Pages pages, SignedIn signedIn, Mailboxes mailboxes, Shares shares) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.mailboxes = mailboxes;
    this.shares = shares;
  }

  @GET
  public TemplateInstance list(@RestPath long id) {
    return list(id, Form.empty().with("level", ShareLevel.READ));
  }

  private TemplateInstance list(long id, Form form) {
    var viewer = signedIn.viewer();
    var mailbox = mailboxes.find(viewer, id);
    return new ShareList(page("Share", mailbox), mailbox, shares.list(viewer, id), form);
  }

  @POST
  public Response add(@RestPath long id, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var share =
              shares.put(
                  signedIn.viewer(), id, form.address("guest"), level(form), form.on("maySendAs"));
          return pages.done(path(id), "Shared with %s.".formatted(Words.address(share.guest())));
        },
        () -> list(id, form));
  }

  private static ShareLevel level(Form form) {
    return Arrays.stream(ShareLevel.values())
        .filter(level -> level.name().equals(form.text("level")))
        .findFirst()
        .orElseThrow(() -> Form.invalid("level", "Choose what they may do."));
  }

  @GET
  @Path("{guest}")
  public TemplateInstance show(@RestPath long id, @RestPath long guest) {
    var share = share(id, guest);
    var level = share.level();
    var form = Form.empty().with("level", level == null ? ShareLevel.READ : level);
    return show(id, share, share.maySendAs() ? form.with("maySendAs", "on") : form);
  }

  private TemplateInstance show(long id, ShareInfo share, Form form) {
    var mailbox = mailboxes.find(signedIn.viewer(), id);
    return new ShareShow(page("Sharing", mailbox), mailbox, share, form);
  }

  private ShareInfo share(long id, long guest) {
    return shares.list(signedIn.viewer(), id).stream()
        .filter(share -> share.guestId() == guest)
        .findFirst()
        .orElseThrow(
            () ->
                new DirectoryProblem(
                    DirectoryProblem.Kind.NOT_FOUND, "", "It is not shared with them."));
  }

  @POST
  @Path("{guest}")
  public Response change(
      @RestPath long id, @RestPath long guest, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    var share = share(id, guest);
    return pages.submit(
        form,
        () -> {
          shares.put(signedIn.viewer(), id, share.guest(), level(form), form.on("maySendAs"));
          return pages.done(path(id), "Saved.");
        },
        () -> show(id, share, form));
  }

  @POST
  @Path("{guest}/remove")
  public Response remove(@RestPath long id, @RestPath long guest) {
    var share = share(id, guest);
    shares.remove(signedIn.viewer(), id, share.guest());
    return pages.done(
        path(id), "No longer shared with %s.".formatted(Words.address(share.guest())));
  }

  private static String path(long id) {
    return "/mailboxes/" + id + "/shares";
  }

  private Page page(String verb, MailboxInfo mailbox) {
    return pages.page(verb + " " + Words.address(mailbox.address()), Page.Section.MAILBOXES);
  }
}
