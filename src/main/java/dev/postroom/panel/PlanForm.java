package dev.postroom.panel;

import dev.postroom.directory.PlanLimits;
import dev.postroom.web.Form;

/** The limits of a plan in a form: an empty field is no limit. */
final class PlanForm {
  /** What a new plan begins with. */
  static final PlanLimits SUGGESTED = new PlanLimits(5, 50, 50, 20L << 30, 200, 1000, 100);

  private PlanForm() {}

  static Form filled(String name, PlanLimits limits) {
    var form =
        Form.empty()
            .with("name", name)
            .with("domains", text(limits.domains()))
            .with("mailboxes", text(limits.mailboxes()))
            .with("forwarders", text(limits.forwarders()))
            .with("messagesPerHour", text(limits.messagesPerHour()))
            .with("messagesPerDay", text(limits.messagesPerDay()))
            .with("recipientsPerMessage", text(limits.recipientsPerMessage()));
    return limits.storageOctets() == PlanLimits.UNLIMITED
        ? form.with("storageOctets", "").with("storageOctetsUnit", "GB")
        : Sizes.put(form, "storageOctets", limits.storageOctets());
  }

  private static String text(long limit) {
    return limit == PlanLimits.UNLIMITED ? "" : Long.toString(limit);
  }

  static PlanLimits read(Form form) {
    return new PlanLimits(
        limit(form, "domains"),
        limit(form, "mailboxes"),
        limit(form, "forwarders"),
        form.text("storageOctets").isEmpty()
            ? PlanLimits.UNLIMITED
            : Sizes.read(form, "storageOctets"),
        limit(form, "messagesPerHour"),
        limit(form, "messagesPerDay"),
        limit(form, "recipientsPerMessage"));
  }

  private static long limit(Form form, String field) {
    var wrong = "Type a whole number, or leave it empty for no limit.";
    if (form.text(field).isEmpty()) {
      return PlanLimits.UNLIMITED;
    }
    long limit = form.whole(field, wrong);
    if (limit < 0) {
      throw Form.invalid(field, wrong);
    }
    return limit;
  }
}
