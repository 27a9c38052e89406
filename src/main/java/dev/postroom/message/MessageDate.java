package dev.postroom.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Date field (RFC 5322 §3.3), read kindly. */
public final class MessageDate {
  private static final Pattern DAY =
      Pattern.compile("\\b(\\d{1,2})[\\s-]+([A-Za-z]{3})[A-Za-z]*[\\s-]+(\\d{4}|\\d{2,3})\\b");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private MessageDate() {}

  /** The day that it names, in the zone of its author. */
  public static Optional<LocalDate> dayWritten(String date) {
    var found = DAY.matcher(date);
    if (!found.find()) {
      return Optional.empty();
    }
    int month = MONTHS.indexOf(found.group(2).toLowerCase(Locale.ROOT)) + 1;
    try {
      return month == 0
          ? Optional.empty()
          : Optional.of(
              LocalDate.of(year(found.group(3)), month, Integer.parseInt(found.group(1))));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** RFC 5322 §4.3: two digits below 50 are of this century, three count from 1900. */
  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    return switch (digits.length()) {
      case 2 -> year < 50 ? 2000 + year : 1900 + year;
      case 3 -> 1900 + year;
      default -> year;
    };
  }
}
