package dev.postroom.cli;

import picocli.CommandLine.Command;

/** {@code postroom queue release}. */
@Command(name = "release", description = "Lets held messages go, at once.")
final class QueueRelease extends QueueAct {
  @Override
  public void run() {
    act(Api.object().put("action", "release"), "released");
  }
}
