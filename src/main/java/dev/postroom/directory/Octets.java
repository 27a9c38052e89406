package dev.postroom.directory;

import java.util.Locale;

/** Amounts of storage in words. */
final class Octets {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Octets() {}

  /** {@code 1536} is {@code 1.5 KiB}. */
  static String text(long octets) {
    int unit = 0;
    double amount = octets;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    var number = String.format(Locale.ROOT, "%.1f", amount);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number)
        + " "
        + UNITS[unit];
  }
}
