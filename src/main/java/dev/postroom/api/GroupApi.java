package dev.postroom.api;

import dev.postroom.directory.Domains;
import dev.postroom.directory.GroupInfo;
import dev.postroom.directory.Groups;
import dev.postroom.directory.Transactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The groups of a domain, each by the part of its address before the @. */
@Path(ApiDefinition.PATH + "/domains/{domain}/groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Groups")
public class GroupApi {
  private final Caller caller;
  private final Domains domains;
  private final Groups groups;
  private final Transactions transactions;

  GroupApi(Caller caller, Domains domains, Groups groups, Transactions transactions) {
    this.caller = caller;
    this.domains = domains;
    this.groups = groups;
    this.transactions = transactions;
  }

  @GET
  @Operation(summary = "List a domain's groups", description = "By address, without members.")
  public PageJson<GroupJson> list(@PathParam("domain") String domain, @BeanParam PageParams page) {
    var request = page.request();
    return PageJson.of(groups.list(caller.viewer(), domainId(domain), request), GroupJson::of);
  }

  @GET
  @Path("{local}")
  @Operation(summary = "Show a group with its members")
  public GroupJson.Whole find(
      @PathParam("domain") String domain, @PathParam("local") String local) {
    return whole(one(domain, local));
  }

  @PUT
  @Path("{local}")
  @Operation(
      summary = "Create or replace a group",
      description = "Repeating it changes nothing. A plan counts it as a forwarder.")
  @APIResponse(
      responseCode = "200",
      description = "It existed before",
      content = @Content(schema = @Schema(implementation = GroupJson.Whole.class)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = GroupJson.Whole.class)))
  public RestResponse<GroupJson.Whole> put(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      GroupJson.@Nullable New body) {
    var plan = plan(Body.of(body));
    long domainId = domainId(domain);
    var saved =
        Saved.put(
            transactions,
            () -> one(domain, local),
            () -> groups.create(caller.viewer(), domainId, local, plan),
            now -> groups.update(caller.viewer(), now.id(), plan));
    return saved.answer(whole(saved.value()), location(saved.value()));
  }

  private static Groups.Plan plan(GroupJson.New wanted) {
    boolean everyone = Body.or(wanted.everyone(), false);
    var members = Body.addresses("members", Body.or(wanted.members(), List.of()));
    if (everyone && !members.isEmpty()) {
      throw Body.invalid("members", "A group of everyone has no list of members.");
    }
    return new Groups.Plan(everyone, members, GroupJson.senders(wanted.senders()));
  }

  @DELETE
  @Path("{local}")
  @Operation(summary = "Remove a group", description = "Its members keep their mail.")
  public void remove(@PathParam("domain") String domain, @PathParam("local") String local) {
    groups.remove(caller.viewer(), one(domain, local).id());
  }

  private long domainId(String domain) {
    return domains.findByName(caller.viewer(), Names.domain(domain)).id();
  }

  private GroupInfo one(String domain, String local) {
    return groups.findByAddress(caller.viewer(), Names.address(local, domain));
  }

  private GroupJson.Whole whole(GroupInfo group) {
    return GroupJson.Whole.of(group, groups.members(caller.viewer(), group.id()));
  }

  private static URI location(GroupInfo group) {
    return URI.create(
        ApiDefinition.PATH
            + "/domains/"
            + group.address().domain().ascii()
            + "/groups/"
            + Names.segment(group.address().localPart()));
  }
}
