package dev.postroom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns for people. What comes from elsewhere cannot speak to the terminal. */
final class Table {
  private static final int MAX_CELL = 70;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(List.of(titles));
  }

  Table row(String... cells) {
    rows.add(Arrays.stream(cells).map(Table::plain).map(Table::shortened).toList());
    return this;
  }

  private static String shortened(String cell) {
    return cell.length() <= MAX_CELL ? cell : cell.substring(0, MAX_CELL - 1) + "…";
  }

  /** Without signs that a terminal would obey. */
  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\u0080-\u009f]", "?");
  }

  void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    var widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }
}
