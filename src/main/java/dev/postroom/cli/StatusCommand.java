package dev.postroom.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code postroom status}. */
@Command(name = "status", description = "Says whether the server is well, and what waits.")
final class StatusCommand implements Runnable {
  @ParentCommand PostroomCommand postroom = new PostroomCommand();

  @Override
  public void run() {
    var api = postroom.api();
    var status =
        Api.object()
            .put("url", api.url())
            .put("waiting", count(api, "waiting"))
            .put("sending", count(api, "sending"))
            .put("held", count(api, "held"))
            .put("orders", Api.read(api.get("/queue/orders", Map.of())).size())
            .put("health", api.readiness());
    if (postroom.json) {
      postroom.out().println(status);
      return;
    }
    status
        .fields()
        .forEachRemaining(
            field -> postroom.out().printf("%-8s %s%n", field.getKey(), field.getValue().asText()));
    postroom.out().flush();
  }

  private static long count(Api api, String state) {
    var query = Map.of("state", state, "pageSize", "1");
    return Api.read(api.get("/queue", query)).path("total").asLong();
  }
}
