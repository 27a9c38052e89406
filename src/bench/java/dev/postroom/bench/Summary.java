package dev.postroom.bench;

import dev.postroom.bench.Results.Row;
import java.util.List;
import java.util.OptionalDouble;

/** The figures of a run, by name: the median over the rounds. */
record Summary(List<Row> rows) {

  OptionalDouble figure(String work, String variant, String side, String metric) {
    var values =
        rows.stream()
            .filter(it -> it.work().equals(work) && it.variant().equals(variant))
            .filter(it -> it.side().equals(side) && it.metric().equals(metric))
            .mapToDouble(Row::value)
            .sorted()
            .toArray();
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(values));
  }

  /** Of sorted values. */
  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Of sorted values, the nearest rank. */
  static double percentile(double[] sorted, double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}
