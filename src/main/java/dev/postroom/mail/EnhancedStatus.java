package dev.postroom.mail;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An enhanced mail system status code (RFC 3463): {@code 5.1.1} is no such mailbox. */
public record EnhancedStatus(int category, int subject, int detail) {
  private static final Pattern FORM = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

  /** RFC 3463 §3.2, §3.3; RFC 7505 (5.1.10). */
  private static final Set<EnhancedStatus> NOBODY_THERE =
      Set.of(
          new EnhancedStatus(5, 1, 1),
          new EnhancedStatus(5, 1, 2),
          new EnhancedStatus(5, 1, 3),
          new EnhancedStatus(5, 1, 6),
          new EnhancedStatus(5, 1, 10),
          new EnhancedStatus(5, 2, 1));

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

  /**
   * Whether nobody is at the recipient's address, and nobody will be. Refusals by policy ({@code
   * 5.7}), of the content or of the sender, and full mailboxes say nothing of the address.
   */
  public boolean saysNobodyIsThere() {
    return NOBODY_THERE.contains(this);
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
