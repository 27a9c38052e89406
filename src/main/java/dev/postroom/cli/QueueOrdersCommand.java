package dev.postroom.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code postroom queue orders}. */
@Command(name = "orders", description = "Lists standing holds and reroutes.")
final class QueueOrdersCommand implements Runnable {
  @ParentCommand QueueCommand queue = new QueueCommand();

  @Override
  public void run() {
    var postroom = queue.postroom;
    var answer = postroom.api().get("/queue/orders", Map.of());
    if (postroom.json) {
      postroom.out().println(answer);
      return;
    }
    var table = new Table("ID", "KIND", "ACCOUNT", "DESTINATION", "ROUTE", "BY", "REASON");
    for (var order : Api.read(answer)) {
      table.row(
          order.path("id").asText(),
          order.path("kind").asText(),
          order.path("accountId").asText("any"),
          order.path("destination").asText(),
          order.path("route").asText(),
          order.path("placedBy").asText(),
          order.path("reason").asText());
    }
    table.print(postroom.out());
  }
}
