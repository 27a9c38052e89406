package dev.postroom.autoconfig;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.tlspolicy.PublishedPolicies;
import dev.postroom.tlspolicy.PublishedPolicy;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;

/**
 * The MTA-STS policy of a domain here (RFC 8461 §3.3), at {@code
 * https://mta-sts.DOMAIN/.well-known/mta-sts.txt}: the host that is asked says which.
 */
@Path("/.well-known/mta-sts.txt")
@RunOnVirtualThread
public class StsPolicyFile {
  private static final String PREFIX = "mta-sts.";

  private final PublishedPolicies policies;

  StsPolicyFile(PublishedPolicies policies) {
    this.policies = policies;
  }

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public String file(HttpServerRequest request) {
    return domain(request)
        .flatMap(policies::find)
        .map(PublishedPolicy::text)
        .orElseThrow(NotFoundException::new);
  }

  private static Optional<DomainName> domain(HttpServerRequest request) {
    var authority = request.authority();
    var host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!host.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(DomainName.of(host.substring(PREFIX.length())));
    } catch (InvalidAddressException _) {
      return Optional.empty();
    }
  }
}
