package dev.postroom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code postroom queue show}. */
@Command(name = "show", description = "Shows one waiting message.")
final class QueueShow implements Runnable {
  @ParentCommand QueueCommand queue = new QueueCommand();

  @Parameters(paramLabel = "ID", description = "As 'queue list' shows it.")
  long id;

  @Override
  public void run() {
    var postroom = queue.postroom;
    var answer = postroom.api().get("/queue/" + id, Map.of());
    if (postroom.json) {
      postroom.out().println(answer);
    } else {
      print(Api.read(answer), postroom.out());
    }
  }

  private static void print(JsonNode details, PrintWriter out) {
    var message = details.path("message");
    message
        .fields()
        .forEachRemaining(
            field ->
                out.printf("%-14s %s%n", field.getKey(), Table.plain(field.getValue().asText())));
    for (var other : details.path("others")) {
      out.printf(
          "%-14s %s %s, %s%n",
          "also to",
          other.path("id").asText(),
          Table.plain(other.path("recipient").asText()),
          other.path("state").asText());
    }
    var header = details.path("header").asText();
    if (!header.isEmpty()) {
      out.println();
      header.lines().map(Table::plain).forEach(out::println);
    }
    out.flush();
  }
}
