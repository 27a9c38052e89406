package dev.postroom.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/** An enhanced mail system status code (RFC 3463): {@code 5.1.1} is no such mailbox. */
public record EnhancedStatus(int category, int subject, int detail) {
  private static final Pattern FORM = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

  /** Reads {@code 4.2.2}; empty for anything else. */
  public static Optional<EnhancedStatus> parse(String text) {
    var m = FORM.matcher(text);
    return m.matches()
        ? Optional.of(
            new EnhancedStatus(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3))))
        : Optional.empty();
  }

  public boolean isPermanentFailure() {
    return category == 5;
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
