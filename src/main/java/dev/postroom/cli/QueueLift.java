package dev.postroom.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code postroom queue lift}. */
@Command(name = "lift", description = "Ends a standing hold or reroute: what it held is sent.")
final class QueueLift implements Runnable {
  @ParentCommand QueueCommand queue = new QueueCommand();

  @Parameters(paramLabel = "ORDER", description = "As 'queue orders' shows it.")
  long order;

  @Override
  public void run() {
    queue.postroom.api().send("DELETE", "/queue/orders/" + order, null);
    if (!queue.postroom.json) {
      queue.postroom.out().println("lifted: order " + order);
    }
  }
}
