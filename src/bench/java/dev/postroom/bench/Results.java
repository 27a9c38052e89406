package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** The CSV file: a row for each figure, in the order in which they were measured. */
final class Results {
  private static final String HEAD = "work,case,side,round,metric,value\n";

  private final Path file;

  Results(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, HEAD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Row row) {
    try {
      Files.writeString(file, row.csv() + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Row> read(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1).map(Row::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One figure. Names hold no commas. */
  record Row(String work, String variant, String side, int round, String metric, double value) {
    static Row parse(String line) {
      var field = line.split(",");
      return new Row(
          field[0],
          field[1],
          field[2],
          Integer.parseInt(field[3]),
          field[4],
          Double.parseDouble(field[5]));
    }

    String csv() {
      return String.join(
          ",", work, variant, side, "" + round, metric, String.format(Locale.ROOT, "%.6g", value));
    }
  }
}
