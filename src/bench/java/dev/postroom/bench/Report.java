package dev.postroom.bench;

import dev.postroom.bench.Results.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Makes results.md from results.csv and machine.md; nothing else goes in. */
final class Report {
  private final Summary summary;
  private final StringBuilder text = new StringBuilder();

  private Report(Summary summary) {
    this.summary = summary;
  }

  static void write(Path out) {
    try {
      var rows = Results.read(out.resolve("results.csv"));
      var report = new Report(new Summary(rows));
      report.text.append(
          "# Results\n\nWritten by `deploy/bench` from [results.csv](results.csv).\n");
      report.goals();
      report
          .text
          .append("\n## The machine\n\n")
          .append(Files.readString(out.resolve("machine.md")));
      report.figures(rows);
      Files.writeString(out.resolve("results.md"), report.text);
      System.err.println("Report: " + out.resolve("results.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void goals() {
    text.append("\n## Goals\n\n");
    text.append("| work | goal | peer | Postroom | ratio | met? |\n");
    text.append("| --- | --- | ---: | ---: | ---: | --- |\n");
    for (var goal : Goal.ALL) {
      var peer = summary.figure(goal.work(), goal.variant(), "peer", goal.metric());
      var ours = summary.figure(goal.work(), goal.variant(), "postroom", goal.metric());
      if (ours.isEmpty() && peer.isEmpty()) {
        continue;
      }
      text.append("| ").append(goal.title()).append(" | ").append(goal.wanted()).append(" | ");
      text.append(cell(peer, goal.unit())).append(" | ").append(cell(ours, goal.unit()));
      text.append(" | ").append(ratio(ours, peer)).append(" | ").append(goal.verdict(ours, peer));
      text.append(" |\n");
    }
  }

  private void figures(List<Row> rows) {
    String work = "";
    for (var key : rows.stream().map(Key::of).distinct().toList()) {
      if (!key.work.equals(work)) {
        work = key.work;
        text.append("\n## ").append(work).append("\n\n");
        text.append("| case | figure | peer | Postroom | ratio |\n");
        text.append("| --- | --- | ---: | ---: | ---: |\n");
      }
      var peer = summary.figure(work, key.variant, "peer", key.metric);
      var ours = summary.figure(work, key.variant, "postroom", key.metric);
      text.append("| ").append(key.variant).append(" | ").append(key.metric).append(" | ");
      text.append(cell(peer, "")).append(" | ").append(cell(ours, "")).append(" | ");
      text.append(ratio(ours, peer)).append(" |\n");
    }
  }

  private record Key(String work, String variant, String metric) {
    static Key of(Row row) {
      return new Key(row.work(), row.variant(), row.metric());
    }
  }

  private static String cell(OptionalDouble value, String unit) {
    return value.isEmpty() ? "" : number(value.getAsDouble()) + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String ratio(OptionalDouble ours, OptionalDouble peer) {
    return ours.isEmpty() || peer.isEmpty() || peer.getAsDouble() == 0
        ? ""
        : number(ours.getAsDouble() / peer.getAsDouble());
  }

  static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.4f", value);
  }
}
