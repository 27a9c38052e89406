package dev.postroom.bench;

import dev.postroom.bench.Results.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Makes results.md and its plots from results.csv and machine.md; nothing else goes in. */
final class Report {
  private static final String RATE = "rate_per_s";
  private static final String CPU = "cpu_s_per_1000";
  private static final String MEMORY = "memory_mib";
  private static final String GROWTH = "growth";

  private final List<Row> rows;
  private final Summary summary;
  private final StringBuilder text = new StringBuilder();

  private Report(List<Row> rows) {
    this.rows = rows;
    this.summary = new Summary(rows);
  }

  static void write(Path out) {
    try {
      var report = new Report(Results.read(out.resolve("results.csv")));
      report.head(Files.readString(out.resolve("machine.md")));
      report.works().forEach(report::work);
      report.failures();
      Files.writeString(out.resolve("results.md"), report.text);
      for (var plot : Plot.all(report.summary)) {
        Files.writeString(out.resolve(plot.name() + ".svg"), plot.svg(report.summary));
      }
      System.err.println("Report: " + out.resolve("results.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void head(String machine) {
    text.append("# Results\n\n");
    text.append("Written by `deploy/bench` from [results.csv](results.csv); see\n");
    text.append("[performance](../performance.md) for what is measured and how. Medians over the ");
    text.append("rounds.\nThe peer is Postfix with Dovecot.\n\n## Goals\n\n");
    text.append("| work | goal | peer | Postroom | ratio | met? |\n");
    text.append("| --- | --- | ---: | ---: | ---: | --- |\n");
    Goal.ALL.forEach(this::goal);
    text.append("\n## The machine\n\n").append(machine);
  }

  private void goal(Goal goal) {
    var peer = summary.figure(goal.work(), goal.variant(), "peer", goal.metric());
    var ours = summary.figure(goal.work(), goal.variant(), "postroom", goal.metric());
    if (ours.isPresent() || peer.isPresent()) {
      line(
          goal.title(),
          goal.wanted(),
          cell(peer, goal.unit()),
          cell(ours, goal.unit()),
          ratio(ours, peer),
          goal.verdict(ours, peer));
    }
  }

  private List<String> works() {
    return rows.stream().map(Row::work).distinct().toList();
  }

  private List<String> variants(String work) {
    return rows.stream().filter(it -> it.work().equals(work)).map(Row::variant).distinct().toList();
  }

  private void work(String work) {
    text.append("\n## ").append(work).append("\n\n");
    Plot.all(summary).stream()
        .filter(it -> it.work().equals(work))
        .forEach(it -> text.append("![%s](%s.svg)\n\n".formatted(it.title(), it.name())));
    if (work.equals(GROWTH)) {
      growth();
      return;
    }
    var timed = variants(work).stream().filter(it -> isTimed(work, it)).toList();
    if (!timed.isEmpty()) {
      text.append("| case | a second: peer | Postroom | ratio ");
      text.append("| CPU s for 1,000: peer | Postroom | ratio | MiB: peer | Postroom |\n");
      text.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
      timed.forEach(it -> timed(work, it));
    }
    var others = variants(work).stream().filter(it -> !isTimed(work, it)).toList();
    if (!others.isEmpty()) {
      text.append("| case | figure | peer | Postroom |\n| --- | --- | ---: | ---: |\n");
      others.forEach(it -> others(work, it));
    }
  }

  private boolean isTimed(String work, String variant) {
    return peer(work, variant, RATE).isPresent() || ours(work, variant, RATE).isPresent();
  }

  private void timed(String work, String variant) {
    line(
        variant,
        cell(peer(work, variant, RATE), ""),
        cell(ours(work, variant, RATE), ""),
        ratio(ours(work, variant, RATE), peer(work, variant, RATE)),
        cell(peer(work, variant, CPU), ""),
        cell(ours(work, variant, CPU), ""),
        ratio(ours(work, variant, CPU), peer(work, variant, CPU)),
        cell(peer(work, variant, MEMORY), ""),
        cell(ours(work, variant, MEMORY), ""));
  }

  private void others(String work, String variant) {
    metrics(work, variant)
        .forEach(
            metric ->
                line(
                    variant,
                    metric,
                    cell(peer(work, variant, metric), ""),
                    cell(ours(work, variant, metric), "")));
  }

  private List<String> metrics(String work, String variant) {
    return rows.stream()
        .filter(it -> it.work().equals(work) && it.variant().equals(variant))
        .map(Row::metric)
        .distinct()
        .toList();
  }

  /** In brackets: how many times what it is in the first case. Flat is within 1.3 times. */
  private void growth() {
    text.append("In brackets: how many times the first case.\n\n");
    text.append("| figure |");
    variants(GROWTH).forEach(it -> text.append(' ').append(it).append(" |"));
    text.append("\n| --- |").append(" ---: |".repeat(variants(GROWTH).size())).append('\n');
    rows.stream()
        .filter(it -> it.work().equals(GROWTH))
        .map(Row::metric)
        .distinct()
        .forEach(this::growth);
  }

  private void growth(String metric) {
    text.append("| ").append(metric).append(" |");
    var first = ours(GROWTH, variants(GROWTH).getFirst(), metric);
    for (var variant : variants(GROWTH)) {
      var value = ours(GROWTH, variant, metric);
      var times = ratio(value, first);
      text.append(' ').append(cell(value, "")).append(times.isEmpty() ? "" : " (" + times + ")");
      text.append(" |");
    }
    text.append('\n');
  }

  private void failures() {
    var failed = rows.stream().filter(it -> it.metric().equals("failed")).toList();
    if (!failed.isEmpty()) {
      text.append("\n## Failed\n\n");
      failed.forEach(
          it -> text.append("- %s %s on %s\n".formatted(it.work(), it.variant(), it.side())));
    }
  }

  private OptionalDouble peer(String work, String variant, String metric) {
    return summary.figure(work, variant, "peer", metric);
  }

  private OptionalDouble ours(String work, String variant, String metric) {
    return summary.figure(work, variant, "postroom", metric);
  }

  private void line(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cell(OptionalDouble value, String unit) {
    return value.isEmpty() ? "" : number(value.getAsDouble()) + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String ratio(OptionalDouble ours, OptionalDouble peer) {
    return ours.isEmpty() || peer.isEmpty() || peer.getAsDouble() == 0
        ? ""
        : number(ours.getAsDouble() / peer.getAsDouble());
  }

  /** With about three digits that say something. */
  static String number(double value) {
    if (value == 0 || value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    var form = value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : value >= 0.1 ? "%.3f" : "%.4f";
    return String.format(Locale.ROOT, form, value);
  }
}
