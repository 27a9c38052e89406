package dev.postroom.api;

import dev.postroom.directory.Domains;
import dev.postroom.sts.StsPolicy.Mode;
import dev.postroom.tlspolicy.PublishedPolicies;
import dev.postroom.tlspolicy.PublishedPolicy;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a domain tells other servers about the protection of mail on its way. */
@Path(ApiDefinition.PATH + "/domains/{domain}/mta-sts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Domains")
public class DomainSecurityApi {
  /**
   * @param mode {@code none}, {@code testing} or {@code enforce}
   * @param policy the policy file, empty when none was ever published
   * @param txtRecord of {@code _mta-sts}
   * @param reportsRecord the TXT record of {@code _smtp._tls}
   */
  public record StsJson(String mode, String policy, String txtRecord, String reportsRecord) {
    static StsJson of(PublishedPolicy policy) {
      return new StsJson(
          policy.mode().text(), policy.text(), policy.stsRecord(), policy.reportsRecord());
    }
  }

  /** What is to be. */
  public record ModeJson(@Nullable String mode) {}

  private final Caller caller;
  private final Domains domains;
  private final PublishedPolicies policies;

  DomainSecurityApi(Caller caller, Domains domains, PublishedPolicies policies) {
    this.caller = caller;
    this.domains = domains;
    this.policies = policies;
  }

  @GET
  @Operation(summary = "Show a domain's MTA-STS policy and the records that go with it")
  public StsJson find(@PathParam("domain") String domain) {
    return policies
        .find(caller.viewer(), id(domain))
        .map(StsJson::of)
        .orElseGet(() -> new StsJson(Mode.NONE.text(), "", "", ""));
  }

  @PUT
  @Operation(
      summary = "Set the mode of a domain's MTA-STS policy",
      description = "The id in the TXT record changes with it.")
  public StsJson publish(@PathParam("domain") String domain, @Nullable ModeJson body) {
    var mode = Body.required("mode", Body.of(body).mode());
    return StsJson.of(policies.publish(caller.viewer(), id(domain), mode(mode)));
  }

  private static Mode mode(String text) {
    try {
      return Mode.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Body.invalid("mode", "The mode is none, testing or enforce.");
    }
  }

  private long id(String domain) {
    return domains.findByName(caller.viewer(), Names.domain(domain)).id();
  }
}
