package dev.postroom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What waits for other servers. */
@Command(
    name = "queue",
    description = "Shows what waits for other servers, and does something about it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QueueList.class,
      QueueShow.class,
      QueueHold.class,
      QueueRelease.class,
      QueueRetry.class,
      QueueReroute.class,
      QueueDrop.class,
      QueueOrdersCommand.class,
      QueueLift.class
    })
final class QueueCommand implements Runnable {
  @ParentCommand PostroomCommand postroom = new PostroomCommand();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what is to be done.");
  }
}
