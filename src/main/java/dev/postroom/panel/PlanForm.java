package dev.postroom.panel;

import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import dev.postroom.web.Form;

/** The limits of a plan in a form: an empty field is no limit. */
final class PlanForm {
  /** What a new plan begins with. */
  static final PlanLimits SUGGESTED =
      new PlanLimits(
          5,
          50,
          50,
          20L << 30,
          100,
          new SendingLimits(200, 1000, 1000, 5000),
          new SendingLimits(100, 500, 500, 2000));

  private PlanForm() {}

  static Form filled(String name, PlanLimits limits) {
    var form =
        Form.empty()
            .with("name", name)
            .with("domains", text(limits.domains()))
            .with("mailboxes", text(limits.mailboxes()))
            .with("forwarders", text(limits.forwarders()))
            .with("recipientsPerMessage", text(limits.recipientsPerMessage()));
    LimitFields.put(form, "", limits.sending());
    LimitFields.put(form, LimitFields.MAILBOX, limits.eachMailbox());
    return limits.storageOctets() == PlanLimits.UNLIMITED
        ? form.with("storageOctets", "").with("storageOctetsUnit", "GB")
        : Sizes.put(form, "storageOctets", limits.storageOctets());
  }

  private static String text(long limit) {
    return LimitFields.text(limit);
  }

  static PlanLimits read(Form form) {
    return new PlanLimits(
        limit(form, "domains"),
        limit(form, "mailboxes"),
        limit(form, "forwarders"),
        form.text("storageOctets").isEmpty()
            ? PlanLimits.UNLIMITED
            : Sizes.read(form, "storageOctets"),
        limit(form, "recipientsPerMessage"),
        LimitFields.read(form, ""),
        LimitFields.read(form, LimitFields.MAILBOX));
  }

  private static long limit(Form form, String field) {
    var limit = LimitFields.limit(form, field);
    return limit == null ? PlanLimits.UNLIMITED : limit;
  }
}
