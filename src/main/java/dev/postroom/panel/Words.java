package dev.postroom.panel;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Role;
import dev.postroom.directory.ShareInfo;
import dev.postroom.mail.MailAddress;
import dev.postroom.trace.Outcome;
import io.quarkus.qute.TemplateExtension;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Numbers, sizes and times as people read them; {@code words:size(n)} in templates. Parameters are
 * {@link Number}, for Qute finds no method for an int where a long is asked.
 */
@TemplateExtension(namespace = "words")
public final class Words {
  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB"};
  private static final int STEP = 1024;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code 1.5 GB}; one decimal where it says something. */
  public static String size(Number size) {
    long octets = size.longValue();
    double amount = octets;
    int unit = 0;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    if (unit > 0 && Math.round(amount) >= STEP && unit < UNITS.length - 1) {
      amount /= STEP; // 1023.9 MB would be written 1024 MB
      unit++;
    }
    if (octets == 1) {
      return "1 byte";
    }
    var pattern = unit > 0 && amount < 100 ? "#,##0.#" : "#,##0";
    return format(pattern, amount) + " " + UNITS[unit];
  }

  public static String number(Number value) {
    return format("#,##0", value.longValue());
  }

  /** {@code 1 mailbox}, {@code 12 mailboxes}, {@code no mailboxes}. */
  public static String count(Number number, String one, String many) {
    long value = number.longValue();
    if (value == 0) {
      return "no " + many;
    }
    return number(value) + " " + (value == 1 ? one : many);
  }

  public static String limit(long limit) {
    return limit == PlanLimits.UNLIMITED ? "No limit" : number(limit);
  }

  public static String limitedSize(long limit) {
    return limit == PlanLimits.UNLIMITED ? "No limit" : size(limit);
  }

  public static String outcome(Outcome outcome) {
    return switch (outcome) {
      case DELIVERED -> "Delivered";
      case SENT -> "Sent";
      case FORWARDED -> "Forwarded";
      case WAITING -> "Waiting";
      case REFUSED -> "Refused";
      case ABANDONED -> "Not completed";
      case FAILED -> "Not delivered";
      case RETURNED -> "Returned to sender";
      case HELD -> "Held back";
      case DROPPED -> "Deleted";
      case QUARANTINED -> "In quarantine";
    };
  }

  /** Where mail to an address is tracked. */
  public static String tracking(MailAddress address) {
    return "/tracking?to=" + TrackingSearch.encoded(address.toString());
  }

  /** The class of its badge. */
  public static String tone(Outcome outcome) {
    return switch (outcome) {
      case DELIVERED, SENT -> "good";
      case FORWARDED -> "calm";
      case WAITING, ABANDONED, HELD -> "warn";
      case REFUSED, FAILED, RETURNED, DROPPED, QUARANTINED -> "bad";
    };
  }

  public static String role(Role role) {
    return switch (role) {
      case ADMINISTRATOR -> "Administrator";
      case RESELLER -> "Reseller";
      case CUSTOMER -> "Customer";
    };
  }

  public static String level(ShareInfo share) {
    return switch (share.level()) {
      case READ -> "Can read";
      case FILE -> "Can read and file";
      case MANAGE -> "Can manage";
      case null -> "Single folders, shared in a mail program";
    };
  }

  public static String share(long mailboxId, long guestId) {
    return "/mailboxes/" + mailboxId + "/shares/" + guestId + "/remove";
  }

  /** As people write it, umlauts and all. */
  public static String address(MailAddress address) {
    var text = address.toString();
    return text.substring(0, text.lastIndexOf('@') + 1) + address.domain().unicode();
  }

  /** A sentence with its blank filled in. */
  public static String with(String sentence, String word) {
    return sentence.replace("%s", word);
  }

  public static String numbered(String word, Number number) {
    return word + "-" + number;
  }

  public static String path(String section, long id, String step) {
    return "/" + section + "/" + id + "/" + step;
  }

  public static String path(String section, long id) {
    return "/" + section + "/" + id;
  }

  public static String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  public static String day(Instant instant) {
    return DAY.format(instant);
  }

  /** For {@code datetime}: to the second is enough. */
  public static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same words in every place, whatever language the server speaks. */
  private static String format(String pattern, double value) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH))
        .format(value);
  }
}
