package dev.postroom.smtp.syntax;

import dev.postroom.mail.DeliverBy;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of BY in MAIL (RFC 2852 §4): {@code 120;R}, {@code -3;NT}.
 *
 * @param seconds from now; less than zero when the time had passed before
 * @param traced whether relaying to a server without the extension is to be reported
 */
public record DeliverByTime(int seconds, DeliverBy.Mode mode, boolean traced) {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9]{1,9});([NR])(T?)", Pattern.CASE_INSENSITIVE);

  /** Empty for what has not this form. */
  public static Optional<DeliverByTime> parse(String value) {
    var form = FORM.matcher(value);
    if (!form.matches()) {
      return Optional.empty();
    }
    var mode =
        form.group(2).toUpperCase(Locale.ROOT).equals("R")
            ? DeliverBy.Mode.RETURN
            : DeliverBy.Mode.NOTIFY;
    return Optional.of(
        new DeliverByTime(Integer.parseInt(form.group(1)), mode, !form.group(3).isEmpty()));
  }
}
