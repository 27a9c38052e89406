package dev.postroom.panel;

import dev.postroom.directory.PlanLimits;

/**
 * What is used of what may be used, for a bar.
 *
 * @param limit {@link PlanLimits#UNLIMITED} for no limit
 */
record Use(long used, long limit, String text) {
  private static final int FULL = 100;
  private static final int HIGH = 80;
  private static final int VERY_HIGH = 95;

  static Use ofOctets(long used, long limit) {
    return new Use(used, limit, Words.size(used) + of(limit, Words.size(limit)));
  }

  static Use ofCount(long used, long limit) {
    return new Use(used, limit, Words.number(used) + of(limit, Words.number(limit)));
  }

  private static String of(long limit, String text) {
    return limit == PlanLimits.UNLIMITED ? "" : " of " + text;
  }

  public boolean isLimited() {
    return limit != PlanLimits.UNLIMITED;
  }

  public int percent() {
    if (!isLimited()) {
      return 0;
    }
    return limit <= 0 ? FULL : (int) Math.min(FULL, (double) used * FULL / limit);
  }

  /** The class of the bar. */
  public String tone() {
    int percent = percent();
    return percent >= VERY_HIGH ? "bad" : percent >= HIGH ? "warn" : "";
  }
}
