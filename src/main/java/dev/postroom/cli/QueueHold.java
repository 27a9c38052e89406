package dev.postroom.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postroom queue hold}. */
@Command(name = "hold", description = "Keeps messages back until they are released.")
final class QueueHold extends QueueAct {
  @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit log.")
  String reason = "";

  @Option(
      names = "--standing",
      description = "Mail that comes later, too: of --customer, to --destination, or both.")
  boolean standing;

  @Override
  public void run() {
    if (standing) {
      place(Api.object().put("kind", "hold").put("reason", reason));
    } else {
      act(Api.object().put("action", "hold").put("reason", reason), "held");
    }
  }
}
