package dev.postroom.api;

import dev.postroom.directory.Domains;
import dev.postroom.egress.Egress;
import dev.postroom.egress.Subject;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Relay hosts and own addresses for the mail of accounts and domains. */
@Path(ApiDefinition.PATH + "/egress")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Egress")
public class EgressApi {
  private static final String SET =
      "Replaces what was set; {} sets nothing. Addresses are an administrator's to give. What"
          + " somebody above has set cannot be changed.";

  private final Caller caller;
  private final Egress egress;
  private final Domains domains;

  EgressApi(Caller caller, Egress egress, Domains domains) {
    this.caller = caller;
    this.egress = egress;
    this.domains = domains;
  }

  @GET
  @Path("accounts/{id: \\d+}")
  @Operation(
      summary = "Show by which way an account's mail leaves",
      description = "A reseller's holds for its customers, too, where they have none.")
  public EgressJson account(@PathParam("id") long id) {
    return show(new Subject.Account(id));
  }

  @PUT
  @Path("accounts/{id: \\d+}")
  @Operation(summary = "Set by which way an account's mail leaves", description = SET)
  public EgressJson setAccount(@PathParam("id") long id, EgressJson.@Nullable New body) {
    return set(new Subject.Account(id), body);
  }

  @GET
  @Path("domains/{domain}")
  @Operation(summary = "Show by which way a domain's mail leaves")
  public EgressJson domain(@PathParam("domain") String domain) {
    return show(subject(domain));
  }

  @PUT
  @Path("domains/{domain}")
  @Operation(summary = "Set by which way a domain's mail leaves", description = SET)
  public EgressJson setDomain(@PathParam("domain") String domain, EgressJson.@Nullable New body) {
    return set(subject(domain), body);
  }

  private Subject subject(String domain) {
    return new Subject.Domain(domains.findByName(caller.viewer(), Names.domain(domain)).id());
  }

  private EgressJson show(Subject subject) {
    return EgressJson.of(egress.find(caller.viewer(), subject), egress.sources());
  }

  private EgressJson set(Subject subject, EgressJson.@Nullable New body) {
    return EgressJson.of(
        egress.change(caller.viewer(), subject, Body.of(body).wanted()), egress.sources());
  }
}
