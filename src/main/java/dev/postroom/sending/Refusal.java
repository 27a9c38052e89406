package dev.postroom.sending;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit that is reached.
 *
 * @param why whose limit it is and how much it allows
 * @param again when there is room, null when waiting does not help
 */
public record Refusal(String why, @Nullable Instant again) {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm 'UTC on' d MMMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** For the reply to a mail program, which may show it to its user. */
  public String text() {
    return again == null ? why : why + "; there is room again at " + HOUR.format(again);
  }

  public boolean isForGood() {
    return again == null;
  }
}
