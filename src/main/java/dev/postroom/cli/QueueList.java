package dev.postroom.cli;

import java.util.HashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code postroom queue list}. */
@Command(name = "list", description = "Lists waiting messages, the oldest first.")
final class QueueList implements Runnable {
  @ParentCommand QueueCommand queue = new QueueCommand();
  @Mixin SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Counted from 1 (default ${DEFAULT-VALUE}).")
  int page = 1;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many, up to 500 (default ${DEFAULT-VALUE}).")
  int limit = 50;

  @Override
  public void run() {
    var postroom = queue.postroom;
    var api = postroom.api();
    var query = new HashMap<>(selection.query(api));
    query.put("page", Integer.toString(page));
    query.put("pageSize", Integer.toString(limit));
    var answer = api.get("/queue", query);
    if (postroom.json) {
      postroom.out().println(answer);
      return;
    }
    var listing = Api.read(answer);
    var table = new Table("ID", "STATE", "FROM", "TO", "TRIES", "LAST ANSWER");
    for (var message : listing.path("items")) {
      var sender = message.path("sender").asText();
      table.row(
          message.path("id").asText(),
          message.path("state").asText(),
          sender.isEmpty() ? "<>" : sender,
          message.path("recipient").asText(),
          message.path("attempts").asText(),
          message.path("lastStatus").asText());
    }
    table.print(postroom.out());
    postroom
        .out()
        .printf("%d of %d%n", listing.path("items").size(), listing.path("total").asLong());
  }
}
