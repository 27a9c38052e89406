package dev.postroom.outbound;

import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.EnhancedStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a server must promise for a message that is to be delivered in time or not at all. */
final class Deadline {
  private static final EnhancedStatus TOO_LATE = new EnhancedStatus(5, 4, 7);

  private Deadline() {}

  /** RFC 2852 §4: it is returned rather than given to a server that may deliver it too late. */
  static Optional<Fit.Unfit> missedBy(Shipment shipment, Extensions offered, Instant now) {
    var by = shipment.options().deliverBy();
    if (by == null || by.mode() == DeliverBy.Mode.NOTIFY) {
      return Optional.empty();
    }
    if (!offered.deliverBy()) {
      return unfit("the server does not heed deadlines (DELIVERBY), and the sender set one");
    }
    long left = Duration.between(now, by.deadline()).toSeconds();
    return left < Math.max(1, offered.leastDeliverBy())
        ? unfit(
            "the server takes %d seconds to deliver, and the sender's deadline is in %d"
                .formatted(offered.leastDeliverBy(), left))
        : Optional.empty();
  }

  /** RFC 2852 §4: then nobody but we can tell the sender who wants to know its way. */
  static boolean isForgottenBy(Shipment shipment, Extensions offered) {
    var by = shipment.options().deliverBy();
    return by != null && by.traced() && !offered.deliverBy();
  }

  private static Optional<Fit.Unfit> unfit(String why) {
    return Optional.of(new Fit.Unfit(TOO_LATE, why));
  }
}
