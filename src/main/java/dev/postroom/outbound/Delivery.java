package dev.postroom.outbound;

import java.util.Collections;
import java.util.List;

/**
 * How the attempt to deliver a {@link Shipment} ended.
 *
 * @param attempts one for each recipient, in their order
 * @param unreachable no host of the domain could be talked to, so others for it need not try now
 */
public record Delivery(List<Attempt> attempts, boolean unreachable) {
  public Delivery {
    attempts = List.copyOf(attempts);
  }

  static Delivery sameForAll(Shipment shipment, Attempt attempt, boolean unreachable) {
    return new Delivery(Collections.nCopies(shipment.recipients().size(), attempt), unreachable);
  }
}
