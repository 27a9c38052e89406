package dev.postroom.api;

import dev.postroom.queue.QueueOrders;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is done with mail that comes later, too. */
@Path(ApiDefinition.PATH + "/queue/orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Queue")
public class QueueOrderApi {
  private final Caller caller;
  private final QueueOrders orders;

  QueueOrderApi(Caller caller, QueueOrders orders) {
    this.caller = caller;
    this.orders = orders;
  }

  @GET
  @Operation(summary = "List standing holds and reroutes")
  public List<QueueOrderJson> list() {
    return orders.list(caller.viewer()).stream().map(QueueOrderJson::of).toList();
  }

  @PUT
  @Operation(
      summary = "Place a standing hold or reroute",
      description =
          "For mail of an account, to a domain, or both: what waits and what comes later."
              + " There is one of each kind for the same mail; repeating it changes nothing.")
  public QueueOrderJson put(QueueOrderJson.@Nullable New body) {
    var wanted = Body.of(body);
    var destination = QueueParams.destination(Body.or(wanted.destination(), ""));
    var reason = Body.or(wanted.reason(), "");
    var placed =
        switch (Body.required("kind", wanted.kind())) {
          case "hold" -> orders.hold(caller.viewer(), wanted.accountId(), destination, reason);
          case "reroute" ->
              orders.reroute(
                  caller.viewer(),
                  wanted.accountId(),
                  destination,
                  Body.required("route", wanted.route()),
                  reason);
          default -> throw Body.invalid("kind", "A kind is hold or reroute.");
        };
    return QueueOrderJson.of(placed.order());
  }

  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Lift a standing hold or reroute",
      description = "What it held is sent, what it rerouted goes the usual way.")
  public void lift(@PathParam("id") long id) {
    orders.lift(caller.viewer(), id);
  }
}
