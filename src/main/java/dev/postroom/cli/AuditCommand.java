package dev.postroom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code postroom audit}. */
@Command(name = "audit", description = "Shows who did what, the newest first.")
final class AuditCommand implements Runnable {
  @ParentCommand PostroomCommand postroom = new PostroomCommand();

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "In action, subject, actor and detail.")
  String search = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many, up to 500 (default ${DEFAULT-VALUE}).")
  int limit = 50;

  @Override
  public void run() {
    var query = Map.of("search", search, "pageSize", Integer.toString(limit));
    var answer = postroom.api().get("/audit", query);
    if (postroom.json) {
      postroom.out().println(answer);
      return;
    }
    var table = new Table("WHEN", "WHO", "BY", "FROM", "ACTION", "SUBJECT", "DETAIL");
    for (var entry : Api.read(answer).path("items")) {
      table.row(
          entry.path("at").asText(),
          who(entry),
          entry.path("way").asText(),
          entry.path("address").asText(),
          entry.path("action").asText(),
          subject(entry),
          entry.path("detail").asText());
    }
    table.print(postroom.out());
  }

  private static String who(JsonNode entry) {
    var actor = entry.path("actor").asText();
    var credential = entry.path("credential").asText();
    var name = actor.isEmpty() ? entry.path("actorKind").asText() : actor;
    return credential.isEmpty() ? name : name + " (" + credential + ")";
  }

  private static String subject(JsonNode entry) {
    var subject = entry.path("subject").asText();
    return entry.hasNonNull("messages")
        ? entry.path("messages").asLong() + ": " + subject
        : subject;
  }
}
