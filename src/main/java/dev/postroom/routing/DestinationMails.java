package dev.postroom.routing;

import dev.postroom.directory.ConfirmationWanted;
import dev.postroom.directory.DestinationPaused;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes to those whom mail is forwarded to, and to those whose mail no longer gets there. */
@ApplicationScoped
class DestinationMails {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final ServerMail mail;
  private final Template confirmation;
  private final Template paused;
  private final String hostname;
  private final String panelUrl;

  DestinationMails(
      ServerMail mail,
      @Location("mail/confirm-forwarding.txt") Template confirmation,
      @Location("mail/forwarding-paused.txt") Template paused,
      ServerConfig server) {
    this.mail = mail;
    this.confirmation = confirmation;
    this.paused = paused;
    this.hostname = server.hostname();
    this.panelUrl = server.panelUrl().orElse("https://" + hostname).replaceAll("/+$", "");
  }

  /** In the transaction that wants the answer. */
  void ask(@Observes ConfirmationWanted wanted) {
    var text =
        confirmation
            .data("hostname", hostname)
            .data("source", source(wanted.source()))
            .data("destination", wanted.destination())
            .data("link", panelUrl + "/confirm/" + wanted.token())
            .data("lastDay", DAY.format(wanted.expiresAt()))
            .render();
    mail.send(
        wanted.destination(),
        "Do you want mail from " + wanted.source() + " forwarded to you?",
        text);
  }

  private static String source(String source) {
    return source.contains("@") ? source : "other addresses of " + source;
  }

  /** To whoever reads the postmaster's mail of the domains: accounts have no address. */
  void tell(@Observes DestinationPaused event) {
    for (var domain : event.domains()) {
      var text =
          paused
              .data("hostname", hostname)
              .data("destination", event.destination())
              .data("refusals", event.refusals())
              .data("words", event.lastRefusal())
              .data("link", panelUrl + "/forwarders")
              .render();
      mail.send(
          new MailAddress("postmaster", domain),
          "Forwarding to " + event.destination() + " is paused",
          text);
    }
  }
}
