package dev.postroom.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run was told by {@code deploy/bench}.
 *
 * @param root the project
 * @param data where servers keep everything
 * @param out where results go
 * @param base the first of the ports
 * @param quick small counts
 * @param rounds how often each side has its turn
 * @param only the name of the one side to run, or empty for both
 * @param works the names of what to measure; empty for all
 * @param javaFlags flags of the JVM that runs Postroom
 * @param postroomSettings further settings of Postroom
 */
record Setting(
    Path root,
    Path data,
    Path out,
    int base,
    boolean quick,
    int rounds,
    String only,
    List<String> works,
    List<String> javaFlags,
    List<String> postroomSettings) {

  static final String SECRET = "bench-0123456789-abcdefghijklmnopqrstuvwxyz";

  Path conf() {
    return root.resolve("src/bench/conf");
  }

  /** The port of smtp-sink, the next hop of both sides. */
  int sink() {
    return base + 700;
  }

  /** A count for a full run, or the smaller one for a quick run. */
  int count(int full, int small) {
    return quick ? small : full;
  }
}
