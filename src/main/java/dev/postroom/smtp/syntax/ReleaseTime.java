package dev.postroom.smtp.syntax;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The values of HOLDFOR and HOLDUNTIL in MAIL (RFC 4865 §4). */
public final class ReleaseTime {
  private static final Pattern INTERVAL = Pattern.compile("[1-9][0-9]{0,8}");

  /** RFC 3339 §5.6 date-time: seconds are there, and an offset. */
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?"
              + "(?:Z|[+-][0-9]{2}:[0-9]{2})");

  private ReleaseTime() {}

  /** Empty for anything but seconds. */
  public static Optional<Duration> interval(String value) {
    return INTERVAL.matcher(value).matches()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  /** Empty for anything but a date and time of RFC 3339. */
  public static Optional<Instant> dateTime(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    if (!DATE_TIME.matcher(upper).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(upper).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty(); // the 31st of February, or a leap second
    }
  }
}
