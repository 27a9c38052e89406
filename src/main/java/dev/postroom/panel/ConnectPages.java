package dev.postroom.panel;

import dev.postroom.directory.Mailboxes;
import dev.postroom.mail.ClientAccessConfig;
import dev.postroom.mail.ServerConfig;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** What to type into a mail program. */
@Path("/connect")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class ConnectPages {
  /** One way in: over TLS from the start, or with STARTTLS. */
  record Server(String id, String name, String use, int tlsPort, int startTlsPort) {}

  /**
   * @param address the mailbox's, empty when it is about any mailbox
   */
  @CheckedTemplate(basePath = "panel", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record Connect(Page page, String address, String back, String hostname, List<Server> servers)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Mailboxes mailboxes;
  private final ClientAccessConfig access;
  private final ServerConfig server;

  ConnectPages(
      Pages pages,
      SignedIn signedIn,
      Mailboxes mailboxes,
      ClientAccessConfig access,
      ServerConfig server) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.mailboxes = mailboxes;
    this.access = access;
    this.server = server;
  }

  @GET
  public TemplateInstance any() {
    return connect(pages.page("Connect a device", Page.Section.CONNECT), "", "");
  }

  @GET
  @Path("{mailbox}")
  public TemplateInstance one(@RestPath long mailbox) {
    var found = mailboxes.find(signedIn.viewer(), mailbox);
    return connect(
        pages.page("Connect a device", Page.Section.CONNECT),
        found.address().toString(), // in ASCII: not every program lets one type more
        "/mailboxes/" + mailbox);
  }

  private TemplateInstance connect(Page page, String address, String back) {
    return new Connect(page, address, back, access.hostname().orElse(server.hostname()), servers());
  }

  private List<Server> servers() {
    return List.of(
        new Server(
            "imap",
            "Incoming mail (IMAP)",
            "The best choice: every device shows the same mail.",
            access.imapsPort(),
            access.imapPort()),
        new Server(
            "smtp",
            "Outgoing mail (SMTP)",
            "Needs the same user name and password.",
            access.submissionsPort(),
            access.submissionPort()),
        new Server(
            "pop3",
            "Incoming mail (POP3)",
            "Only for programs without IMAP: it moves the mail to one device.",
            access.pop3sPort(),
            access.pop3Port()));
  }
}
