package dev.postroom.queue;

import dev.postroom.outbound.Delivery;
import dev.postroom.outbound.Shipment;
import java.util.Optional;

/**
 * Delivers what is due and belongs here: messages that were held (RFC 4865) for users of ours, or
 * were queued before their domain moved here. {@code routing} does it.
 */
public interface HomeDelivery {
  /** Empty when it is for other servers. Trouble of every kind is in what it returns. */
  Optional<Delivery> deliver(Shipment shipment);
}
