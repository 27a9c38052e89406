package dev.postroom.imap.syntax;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Dates as IMAP writes them (RFC 3501 §9 date, date-time). */
public final class Dates {
  private static final DateTimeFormatter DATE = formatter("d-MMM-uuuu");
  private static final DateTimeFormatter DATE_TIME = formatter("d-MMM-uuuu HH:mm:ss xx");
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private Dates() {}

  private static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  static LocalDate date(String text) throws ImapSyntaxException {
    try {
      return LocalDate.parse(text, DATE);
    } catch (DateTimeException malformed) {
      throw new ImapSyntaxException("a date is written 2-Jan-2026");
    }
  }

  /** With the day of the month padded by a space or not. */
  static Instant dateTime(String text) throws ImapSyntaxException {
    try {
      var instant = OffsetDateTime.parse(text.stripLeading(), DATE_TIME).toInstant();
      requireFourDigits(instant);
      return instant;
    } catch (DateTimeException malformed) {
      throw new ImapSyntaxException("a date and time are written \"02-Jan-2026 15:04:05 +0000\"");
    }
  }

  /** It will be shown in UTC, where the year may be the one before or after (§9 date-year). */
  private static void requireFourDigits(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > 9999) {
      throw new DateTimeException("the year has no four digits in UTC");
    }
  }

  /** An instant as INTERNALDATE shows it, in UTC, without the quotes. */
  public static String format(Instant instant) {
    var utc = instant.atOffset(ZoneOffset.UTC);
    var text = new StringBuilder(26);
    twoDigits(text, utc.getDayOfMonth());
    text.append('-').append(MONTHS[utc.getMonthValue() - 1]).append('-');
    twoDigits(text, utc.getYear() / 100);
    twoDigits(text, utc.getYear() % 100);
    twoDigits(text.append(' '), utc.getHour());
    twoDigits(text.append(':'), utc.getMinute());
    twoDigits(text.append(':'), utc.getSecond());
    return text.append(" +0000").toString();
  }

  private static void twoDigits(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
