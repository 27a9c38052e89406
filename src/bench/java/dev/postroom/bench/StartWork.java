package dev.postroom.bench;

import java.util.List;

/** Start until every port is open, the database running already; then what it holds in memory. */
final class StartWork implements Work {
  private static final int SETTLE_MILLIS = 5000;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of("start");
  }

  @Override
  public void run(Run run) {
    var side = run.side();
    side.restart();
    run.figure("wall_s", side.startSeconds());
    Commands.pause(SETTLE_MILLIS);
    run.figure("idle_mib", ProcessTree.memoryMib(side.servers()));
    run.figure("database_mib", ProcessTree.memoryMib(List.of(side.databasePid())));
  }
}
