package dev.postroom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postroom queue drop}. */
@Command(name = "drop", description = "Removes messages. This cannot be undone.")
final class QueueDrop extends QueueAct {
  @Option(names = "--report", description = "Tells the senders that they were not delivered.")
  boolean report;

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask.")
  boolean yes;

  @Override
  public void run() {
    if (!yes && !agreed()) {
      throw new CommandLine.ParameterException(
          queue.spec.commandLine(), "Nothing was dropped: say --yes.");
    }
    act(Api.object().put("action", "drop").put("report", report), "dropped");
  }

  private static boolean agreed() {
    var console = System.console();
    return console != null
        && console.isTerminal()
        && "yes".equals(console.readLine("This cannot be undone. Type yes to drop them: "));
  }
}
