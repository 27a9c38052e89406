package dev.postroom.panel;

import dev.postroom.directory.PlanLimits;
import dev.postroom.sending.Allowance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one has sent of what it may send, for bars.
 *
 * @param meters one for each limit
 * @param href where other limits are set
 */
record SendingUse(List<Meter> meters, boolean mayChange, String href) {
  /**
   * @param label {@code Messages this hour}
   */
  record Meter(String label, Use use) {}

  static SendingUse of(Allowance allowance) {
    var limits = allowance.limits();
    var sent = allowance.sent();
    var meters = new ArrayList<Meter>();
    add(meters, "Messages this hour", sent.messagesThisHour(), limits.messagesPerHour());
    add(meters, "Messages in 24 hours", sent.messagesThisDay(), limits.messagesPerDay());
    add(meters, "Recipients this hour", sent.recipientsThisHour(), limits.recipientsPerHour());
    add(meters, "Recipients in 24 hours", sent.recipientsThisDay(), limits.recipientsPerDay());
    var scope = allowance.scope();
    return new SendingUse(
        List.copyOf(meters),
        allowance.mayChange(),
        "/sending/" + scope.kind().name().toLowerCase(Locale.ROOT) + "/" + scope.id());
  }

  private static void add(List<Meter> meters, String label, long sent, long limit) {
    if (limit != PlanLimits.UNLIMITED) {
      meters.add(new Meter(label, Use.ofCount(sent, limit)));
    }
  }
}
