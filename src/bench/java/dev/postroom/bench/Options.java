package dev.postroom.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line, already checked for the most part by deploy/bench. */
final class Options {
  private Options() {}

  static Setting read(List<String> arguments) {
    Path root = Path.of("");
    Path data = Path.of("");
    Path out = Path.of("");
    int base = 0;
    boolean quick = false;
    int rounds = 0;
    String only = "";
    var works = new ArrayList<String>();
    var javaFlags = new ArrayList<String>();
    var settings = new ArrayList<String>();
    for (var it = arguments.iterator(); it.hasNext(); ) {
      var option = it.next();
      switch (option) {
        case "--root" -> root = Path.of(it.next());
        case "--data" -> data = Path.of(it.next());
        case "--out" -> out = Path.of(it.next());
        case "--port-base" -> base = Integer.parseInt(it.next());
        case "--quick" -> quick = true;
        case "--rounds" -> rounds = Integer.parseInt(it.next());
        case "--only" -> only = it.next();
        case "--java-flag" -> javaFlags.add(it.next());
        case "--set" -> settings.add(it.next());
        default -> works.add(option);
      }
    }
    return new Setting(root, data, out, base, quick, rounds, only, works, javaFlags, settings);
  }
}
