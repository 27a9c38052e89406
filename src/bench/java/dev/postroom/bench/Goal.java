package dev.postroom.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What Postroom wants to reach in one figure.
 *
 * @param factor of the peer's figure, or the limit itself where {@code absolute}
 * @param more whether more is better
 */
record Goal(
    String title,
    String work,
    String variant,
    String metric,
    String unit,
    double factor,
    boolean more,
    boolean absolute) {

  private static final String RATE = "rate_per_s";
  private static final String CPU = "cpu_s_per_1000";
  private static final String WALL = "wall_s";

  static final List<Goal> ALL =
      List.of(
          rate("delivery of 4 KiB, 1 session", "delivery", "4k-1", 2),
          rate("delivery of 4 KiB, 10 sessions", "delivery", "4k-10", 8),
          rate("delivery of 4 KiB, 50 sessions", "delivery", "4k-50", 10),
          cpu("its CPU, 1 session", "delivery", "4k-1", 1 / 6.0),
          cpu("its CPU, 10 sessions", "delivery", "4k-10", 1 / 6.0),
          cpu("its CPU, 50 sessions", "delivery", "4k-50", 1 / 6.0),
          rate("delivery of 64 KiB, 10 sessions", "delivery", "64k-10", 6),
          rate("relay of 4 KiB, 10 sessions", "relay", "4k-10", 3),
          rate("relay of 4 KiB, 50 sessions", "relay", "4k-50", 3),
          cpu("its CPU, 10 sessions", "relay", "4k-10", 0.5),
          cpu("its CPU, 50 sessions", "relay", "4k-50", 0.5),
          wall("list of 10,000, nobody listed before, cold", "imap", "list-first", 0.5),
          wall("list of 10,000, cold", "imap", "list-cold", 0.5),
          wall("list of 10,000, warm", "imap", "list-warm", 1),
          wall("all bodies of 10,000, cold", "imap", "bodies-cold", 1),
          wall("all bodies of 10,000, warm", "imap", "bodies-warm", 1),
          wall("SEARCH TEXT, cold", "imap", "search-text-cold", 0.05),
          wall("SEARCH TEXT, warm", "imap", "search-text-warm", 0.05),
          wall("SEARCH FROM, warm", "imap", "search-from-warm", 1),
          rate("STORE one by one", "imap", "store-each", 1),
          rate("STORE of all in one command", "imap", "store-all", 1),
          rate("APPEND of 4 KiB, 1 connection", "imap", "append-1", 2),
          rate("APPEND of 4 KiB, 10 connections", "imap", "append-10", 4),
          limit("250 to EXISTS in IDLE, median", "idle", "delay", "median_ms", "ms", 5),
          limit("250 to EXISTS in IDLE, 99th percentile", "idle", "delay", "p99_ms", "ms", 30),
          limit("memory for each idle connection", "idle", "memory", "kib_each", "KiB", 8),
          wall("POP3 RETR of 10,000, plain", "pop3", "plain", 1),
          wall("POP3 RETR of 10,000, pipelined", "pop3", "pipelined", 1),
          rate("logins, the same user again", "login", "cached", 20),
          rate("logins, each another user", "login", "uncached", 2),
          limit("idle memory, JVM", "start", "start", "idle_mib", "MiB", 256),
          limit("start to all ports open, JVM", "start", "start", WALL, "s", 3));

  private static Goal rate(String title, String work, String variant, double factor) {
    return new Goal(title, work, variant, RATE, "/s", factor, true, false);
  }

  private static Goal cpu(String title, String work, String variant, double factor) {
    return new Goal(title, work, variant, CPU, "CPU s per 1,000", factor, false, false);
  }

  private static Goal wall(String title, String work, String variant, double factor) {
    return new Goal(title, work, variant, WALL, "s", factor, false, false);
  }

  private static Goal limit(
      String title, String work, String variant, String metric, String unit, double limit) {
    return new Goal(title, work, variant, metric, unit, limit, false, true);
  }

  String wanted() {
    var number =
        factor < 1 ? "1/" + Math.round(1 / factor) : String.format(Locale.ROOT, "%g", factor);
    var plain = number.contains(".") ? number.replaceAll("\\.?0+$", "") : number;
    if (absolute) {
      return "at most " + plain + " " + unit;
    }
    return (more ? "at least " : "at most ") + plain + (factor < 1 ? " of it" : "x");
  }

  String verdict(OptionalDouble ours, OptionalDouble peer) {
    if (ours.isEmpty() || (!absolute && peer.isEmpty())) {
      return "";
    }
    double wanted = absolute ? factor : factor * peer.getAsDouble();
    double value = ours.getAsDouble();
    return (more ? value >= wanted : value <= wanted) ? "yes" : "no";
  }
}
