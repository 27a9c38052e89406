package dev.postroom.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Where the process begins: without arguments it is the server, with some a command. */
@QuarkusMain
@RegisterForReflection(
    targets = {
      AuditCommand.class,
      PostroomCommand.class,
      QueueAct.class,
      QueueCommand.class,
      QueueDrop.class,
      QueueHold.class,
      QueueLift.class,
      QueueList.class,
      QueueOrdersCommand.class,
      QueueRelease.class,
      QueueReroute.class,
      QueueRetry.class,
      QueueShow.class,
      SelectionOptions.class,
      StatusCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length == 0) {
      Quarkus.run(arguments);
    } else {
      System.exit(PostroomCommand.run(arguments));
    }
  }
}
