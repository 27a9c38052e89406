package dev.postroom.bench;

import dev.postroom.bench.Results.Row;
import java.util.function.Supplier;

/** One case of a work on one side in one round: what it measures goes to the results. */
record Run(String work, String variant, Side side, int round, Setting setting, Results results) {
  private static final double PER = 1000;

  void figure(String metric, double value) {
    add(metric, value);
    say("%s %,.3f".formatted(metric, value));
  }

  private void say(String figures) {
    System.err.printf("  %-10s %-20s %-8s %d  %s%n", work, variant, side.name(), round, figures);
  }

  /** Times what does {@code count} things, and says what the servers used meanwhile. */
  void timed(int count, Runnable body) {
    timed(
        () -> {
          body.run();
          return count;
        });
  }

  void timed(Supplier<Integer> body) {
    double cpu = ProcessTree.cpuSeconds(side.processes());
    long start = System.nanoTime();
    int count = body.get();
    double wall = (System.nanoTime() - start) / 1e9;
    double used = ProcessTree.cpuSeconds(side.processes()) - cpu;
    double memory = ProcessTree.memoryMib(side.processes());
    add("wall_s", wall);
    add("rate_per_s", count / wall);
    add("cpu_s", used);
    add("cpu_s_per_1000", used * PER / count);
    add("memory_mib", memory);
    say(
        "%8.3f s %,10.1f/s %8.2f CPU s %8.2f CPU s per 1000 %6.0f MiB"
            .formatted(wall, count / wall, used, used * PER / count, memory));
  }

  private void add(String metric, double value) {
    results.add(new Row(work, variant, side.name(), round, metric, value));
  }
}
