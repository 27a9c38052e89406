package dev.postroom.panel;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import dev.postroom.sending.SetLimits;
import dev.postroom.web.Form;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Four limits of sending in a form: an empty field is no limit, or the plan's. */
final class LimitFields {
  /** What the fields for each mailbox begin with, in the form of a plan. */
  static final String MAILBOX = "mailbox";

  private static final String WRONG = "Type a whole number, or leave it empty for no limit.";

  private LimitFields() {}

  static void put(Form form, String prefix, SendingLimits limits) {
    form.with(name(prefix, "messagesPerHour"), text(limits.messagesPerHour()))
        .with(name(prefix, "messagesPerDay"), text(limits.messagesPerDay()))
        .with(name(prefix, "recipientsPerHour"), text(limits.recipientsPerHour()))
        .with(name(prefix, "recipientsPerDay"), text(limits.recipientsPerDay()));
  }

  static Form filled(SetLimits set) {
    return Form.empty()
        .with("messagesPerHour", text(set.messagesPerHour()))
        .with("messagesPerDay", text(set.messagesPerDay()))
        .with("recipientsPerHour", text(set.recipientsPerHour()))
        .with("recipientsPerDay", text(set.recipientsPerDay()));
  }

  private static String text(@Nullable Long limit) {
    return limit == null ? "" : limit.toString();
  }

  static String text(long limit) {
    return limit == PlanLimits.UNLIMITED ? "" : Long.toString(limit);
  }

  static SendingLimits read(Form form, String prefix) {
    return new SetLimits(
            limit(form, name(prefix, "messagesPerHour")),
            limit(form, name(prefix, "messagesPerDay")),
            limit(form, name(prefix, "recipientsPerHour")),
            limit(form, name(prefix, "recipientsPerDay")))
        .over(SendingLimits.NONE);
  }

  static SetLimits readSet(Form form) {
    return new SetLimits(
        limit(form, "messagesPerHour"),
        limit(form, "messagesPerDay"),
        limit(form, "recipientsPerHour"),
        limit(form, "recipientsPerDay"));
  }

  /** Null for an empty field. */
  static @Nullable Long limit(Form form, String field) {
    if (form.text(field).isEmpty()) {
      return null;
    }
    long limit = form.whole(field, WRONG);
    if (limit < 0) {
      throw Form.invalid(field, WRONG);
    }
    return limit;
  }

  private static String name(String prefix, String name) {
    return prefix.isEmpty()
        ? name
        : prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
