package dev.postroom.message;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Date field (RFC 5322 §3.3), read kindly. */
public final class MessageDate {
  private static final Pattern DAY =
      Pattern.compile("\\b(\\d{1,2})[\\s-]+([A-Za-z]{3})[A-Za-z]*[\\s-]+(\\d{4}|\\d{2,3})\\b");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern TIME =
      Pattern.compile("[\\s,]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\s*([+-]\\d{4}|[A-Za-z]+))?");

  /** RFC 5322 §4.3 obs-zone; other letters, the military ones among them, say nothing sure. */
  private static final Map<String, Integer> ZONE_HOURS =
      Map.of(
          "EDT", -4, "EST", -5, "CDT", -5, "CST", -6, "MDT", -6, "MST", -7, "PDT", -7, "PST", -8);

  private MessageDate() {}

  /**
   * The moment that it names (RFC 5256 §2.2): a zone that is none is UTC, a time that is none is
   * midnight. Empty when there is no day.
   */
  public static Optional<Instant> sent(String date) {
    var found = DAY.matcher(date);
    return day(found)
        .map(
            day -> {
              var time = TIME.matcher(date).region(found.end(), date.length());
              return time.lookingAt() ? at(day, time) : day.atStartOfDay().toInstant(UTC);
            });
  }

  private static Instant at(LocalDate day, Matcher time) {
    int hour = Integer.parseInt(time.group(1));
    int minute = Integer.parseInt(time.group(2));
    int second = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
    var start = day.atStartOfDay().toInstant(UTC);
    return hour > 23 || minute > 59 || second > 60 // RFC 5322 §3.3: a leap second
        ? start
        : start.plusSeconds(hour * 3600L + minute * 60L + second - zoneSeconds(time.group(4)));
  }

  private static int zoneSeconds(@Nullable String zone) {
    if (zone == null) {
      return 0;
    }
    if (Character.isLetter(zone.charAt(0))) {
      return 3600 * ZONE_HOURS.getOrDefault(zone.toUpperCase(Locale.ROOT), 0);
    }
    int digits = Integer.parseInt(zone.substring(1));
    int minutes = digits / 100 * 60 + digits % 100;
    return (zone.charAt(0) == '-' ? -60 : 60) * minutes;
  }

  /** The day that it names, in the zone of its author. */
  public static Optional<LocalDate> dayWritten(String date) {
    return day(DAY.matcher(date));
  }

  private static Optional<LocalDate> day(Matcher found) {
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
