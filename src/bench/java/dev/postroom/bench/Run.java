package dev.postroom.bench;

import dev.postroom.bench.Results.Row;
import java.util.Arrays;
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

  /** Where the body knows how many; none is no figure. */
  void timed(Supplier<Integer> body) {
    double cpu = ProcessTree.cpuSeconds(side.processes());
    long start = System.nanoTime();
    int count = body.get();
    if (count > 0) {
      report(count, (System.nanoTime() - start) / 1e9, cpu, 1);
    }
  }

  /** Does the same so many times; wall time is the median of them, CPU time the mean. */
  void median(int count, int repeats, Runnable body) {
    double cpu = ProcessTree.cpuSeconds(side.processes());
    var seconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      body.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    report(count, Summary.median(seconds), cpu, repeats);
  }

  private void report(int count, double wall, double cpuBefore, int repeats) {
    double used = (ProcessTree.cpuSeconds(side.processes()) - cpuBefore) / repeats;
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
