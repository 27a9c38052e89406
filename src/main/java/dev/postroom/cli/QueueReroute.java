package dev.postroom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postroom queue reroute}. */
@Command(
    name = "reroute",
    description = "Sends messages to another host than their domain says, for administrators.")
final class QueueReroute extends QueueAct {
  @Option(names = "--to", paramLabel = "HOST:PORT", description = "Where they go.")
  String to = "";

  @Option(names = "--back", description = "The usual way, again.")
  boolean back;

  @Option(
      names = "--standing",
      description = "Mail that comes later, too, to --destination; until 'queue lift'.")
  boolean standing;

  @Override
  public void run() {
    if (to.isEmpty() != back) {
      throw new CommandLine.ParameterException(
          queue.spec.commandLine(), "Say where they go with --to, or --back.");
    }
    if (standing) {
      place(Api.object().put("kind", "reroute").put("route", to));
    } else {
      act(Api.object().put("action", "reroute").put("route", to), "rerouted");
    }
  }
}
