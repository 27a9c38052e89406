package dev.postroom.cli;

import picocli.CommandLine.Command;

/** {@code postroom queue retry}. */
@Command(name = "retry", description = "Has the next attempt made now.")
final class QueueRetry extends QueueAct {
  @Override
  public void run() {
    act(Api.object().put("action", "retry"), "tried now");
  }
}
