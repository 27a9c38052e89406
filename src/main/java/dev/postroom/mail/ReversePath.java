package dev.postroom.mail;

import org.jspecify.annotations.Nullable;

/**
 * Where reports about a message go (RFC 5321 §4.1.1.2).
 *
 * @param address null for {@code <>}: nobody wants a report (RFC 5321 §4.5.5)
 */
public record ReversePath(@Nullable MailAddress address) {
  public static final ReversePath NULL = new ReversePath(null);

  public static ReversePath of(MailAddress address) {
    return new ReversePath(address);
  }

  /** Reads what {@link #toPlainString} wrote: empty text is the null reverse-path. */
  public static ReversePath parse(String text) {
    return text.isEmpty() ? NULL : of(MailAddress.parse(text));
  }

  public boolean isNull() {
    return address == null;
  }

  /** Without the angle brackets; empty for the null reverse-path. */
  public String toPlainString() {
    return address == null ? "" : address.toString();
  }

  @Override
  public String toString() {
    return "<" + toPlainString() + ">";
  }
}
