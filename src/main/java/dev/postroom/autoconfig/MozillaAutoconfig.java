package dev.postroom.autoconfig;

import dev.postroom.directory.Recipients;
import dev.postroom.mail.ClientAccessConfig;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Autoconfiguration as Thunderbird and its relatives ask for it (config-v1.1, also
 * draft-ietf-mailmaint-autoconfig): {@code https://autoconfig.DOMAIN/mail/config-v1.1.xml}, then
 * {@code https://DOMAIN/.well-known/autoconfig/mail/config-v1.1.xml}.
 */
@Path("/")
@RunOnVirtualThread
@Produces(MediaType.TEXT_XML)
public class MozillaAutoconfig {
  private static final String PREFIX = "autoconfig.";
  private static final String TLS = "SSL"; // the format's word
  private static final String STARTTLS = "STARTTLS";

  /** One way in or out, in the words of the format. */
  record Way(String element, String protocol, int port, String security) {
    static Way in(String protocol, int port, String security) {
      return new Way("incomingServer", protocol, port, security);
    }

    static Way out(int port, String security) {
      return new Way("outgoingServer", "smtp", port, security);
    }
  }

  /**
   * @param domain in ASCII
   * @param ways the best first: programs take the first that they can
   */
  @CheckedTemplate(basePath = "autoconfig", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record Config(String domain, String hostname, List<Way> ways) implements TemplateInstance {}

  private final Recipients recipients;
  private final ClientAccessConfig access;
  private final ServerConfig server;

  MozillaAutoconfig(Recipients recipients, ClientAccessConfig access, ServerConfig server) {
    this.recipients = recipients;
    this.access = access;
    this.server = server;
  }

  @GET
  @Path("mail/config-v1.1.xml")
  public TemplateInstance ofHost(
      @RestQuery("emailaddress") @Nullable String address, HttpServerRequest request) {
    return config(address, request);
  }

  @GET
  @Path(".well-known/autoconfig/mail/config-v1.1.xml")
  public TemplateInstance wellKnown(
      @RestQuery("emailaddress") @Nullable String address, HttpServerRequest request) {
    return config(address, request);
  }

  /** Only for domains that are hosted here. */
  private TemplateInstance config(@Nullable String address, HttpServerRequest request) {
    var domain =
        ofAddress(address)
            .or(() -> ofHost(request))
            .filter(recipients::isLocal)
            .orElseThrow(NotFoundException::new);
    return new Config(domain.toString(), access.hostname().orElse(server.hostname()), ways());
  }

  private List<Way> ways() {
    return List.of(
        Way.in("imap", access.imapsPort(), TLS),
        Way.in("imap", access.imapPort(), STARTTLS),
        Way.in("pop3", access.pop3sPort(), TLS),
        Way.in("pop3", access.pop3Port(), STARTTLS),
        Way.out(access.submissionsPort(), TLS),
        Way.out(access.submissionPort(), STARTTLS));
  }

  private static Optional<DomainName> ofAddress(@Nullable String address) {
    try {
      return address == null ? Optional.empty() : Optional.of(MailAddress.parse(address).domain());
    } catch (InvalidAddressException _) {
      return Optional.empty(); // a program may ask with less than an address
    }
  }

  private static Optional<DomainName> ofHost(HttpServerRequest request) {
    var authority = request.authority();
    var host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    try {
      return Optional.of(
          DomainName.of(host.startsWith(PREFIX) ? host.substring(PREFIX.length()) : host));
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }
}
