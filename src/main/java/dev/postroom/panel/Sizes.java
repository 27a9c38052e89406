package dev.postroom.panel;

import dev.postroom.web.Form;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A size in a form: a number and its unit, two fields. */
final class Sizes {
  private static final String UNIT = "Unit";
  private static final long MEGA = 1L << 20;
  private static final long GIGA = 1L << 30;
  private static final BigDecimal MOST = BigDecimal.valueOf(1L << 30); // of either unit

  private Sizes() {}

  static Form put(Form form, String field, long octets) {
    boolean giga = octets >= GIGA && octets % (GIGA / 4) == 0;
    var number =
        BigDecimal.valueOf(octets)
            .divide(BigDecimal.valueOf(giga ? GIGA : MEGA), 2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    return form.with(field, number).with(field + UNIT, giga ? "GB" : "MB");
  }

  static long read(Form form, String field) {
    var text = form.required(field, "How much may it hold? Type a number.").replace(',', '.');
    try {
      var number = new BigDecimal(text);
      if (number.signum() <= 0 || number.compareTo(MOST) > 0) {
        throw Form.invalid(field, "Type a number above 0, such as 2 or 0.5.");
      }
      long unit = form.value(field + UNIT).equals("MB") ? MEGA : GIGA;
      return number.multiply(BigDecimal.valueOf(unit)).longValue();
    } catch (NumberFormatException _) {
      throw Form.invalid(field, "Type a number, such as 2 or 0.5.");
    }
  }
}
