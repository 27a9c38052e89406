package dev.postroom.bench;

import java.util.ArrayList;
import java.util.List;

/** The way in: sets up both sides, measures in turns, writes the report. */
final class Bench {
  private static final int SHOWN = 5;
  private static final int SHOWN_LENGTH = 400;

  private final Setting setting;
  private final Results results;
  private final List<Side> sides = new ArrayList<>();

  private Bench(Setting setting) {
    this.setting = setting;
    this.results = new Results(setting.out().resolve("results.csv"));
  }

  public static void main(String[] args) {
    var setting = Options.read(List.of(args));
    if (setting.works().equals(List.of("report"))) {
      Report.write(setting.out());
      return;
    }
    var bench = new Bench(setting);
    Runtime.getRuntime().addShutdownHook(new Thread(bench::stop));
    bench.run();
    Report.write(setting.out());
    System.exit(0);
  }

  private void run() {
    if (!setting.only().equals("postroom")) {
      sides.add(new Peer(setting));
    }
    if (!setting.only().equals("peer")) {
      sides.add(new Postroom(setting));
    }
    for (var side : sides) {
      say("starting " + side.name());
      side.start();
    }
    Machine.describe(setting, sides);
    for (var work : Works.named(setting.works())) {
      measure(work);
    }
    sides.forEach(this::complaints);
  }

  /** How many lines of its logs warn or complain; the first of them are shown. */
  private void complaints(Side side) {
    var lines = side.troubles();
    results.add(new Results.Row("log", "all", side.name(), 1, "warnings", lines.size()));
    say(lines.size() + " warnings in the logs of " + side.name());
    lines.stream()
        .limit(SHOWN)
        .forEach(line -> say(line.substring(0, Math.min(line.length(), SHOWN_LENGTH))));
  }

  private void measure(Work work) {
    say(work.name());
    var able = sides.stream().filter(work::worksOn).toList();
    able.forEach(side -> work.prepare(side, setting));
    for (var variant : work.variants(setting)) {
      for (int round = 1; round <= setting.rounds(); round++) {
        for (var side : able) {
          measure(work, new Run(work.name(), variant, side, round, setting, results));
        }
      }
    }
    able.forEach(work::finish);
  }

  /** A run that fails is told and leaves its place in the results empty; the others go on. */
  private static void measure(Work work, Run run) {
    try {
      work.run(run);
    } catch (RuntimeException e) {
      say("FAILED: " + run.work() + " " + run.variant() + " on " + run.side().name() + ": " + e);
      run.figure("failed", 1);
    }
  }

  private synchronized void stop() {
    for (var side : sides) {
      try {
        side.stop();
      } catch (RuntimeException e) {
        say("stopping " + side.name() + ": " + e);
      }
    }
  }

  static void say(String text) {
    System.err.println(text);
  }
}
