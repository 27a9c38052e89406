package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.outbound.Attempt;
import dev.postroom.outbound.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says which deliveries have ended, well or badly. */
@ApplicationScoped
class Endings {
  /** To be tried again, but no more: the entry has expired. */
  private static final EnhancedStatus EXPIRED = new EnhancedStatus(5, 4, 7);

  private final Consumer<DeliveryEnded> listeners;

  @Inject
  Endings(Event<DeliveryEnded> listeners) {
    this(listeners::fire);
  }

  Endings(Consumer<DeliveryEnded> listeners) {
    this.listeners = listeners;
  }

  void tell(Parcel parcel, Delivery delivery, Instant now) {
    for (int i = 0; i < parcel.entries().size(); i++) {
      tell(parcel.entries().get(i), delivery.attempts().get(i), now);
    }
  }

  private void tell(Entry entry, Attempt attempt, Instant now) {
    switch (attempt) {
      case Attempt.Delivered delivered ->
          end(entry, null, delivered.remoteHost(), delivered.reply());
      case Attempt.Refused(var host, var status, var diagnostic) ->
          end(entry, status, host, diagnostic);
      case Attempt.Deferred deferred when now.isBefore(entry.expiresAt()) -> {
        // it goes on
      }
      case Attempt.Deferred(var host, _, var diagnostic) -> end(entry, EXPIRED, host, diagnostic);
    }
  }

  private void end(Entry entry, @Nullable EnhancedStatus status, String host, String text) {
    listeners.accept(
        new DeliveryEnded(
            entry.trace(),
            entry.reversePath(),
            entry.recipient(),
            status,
            host.isEmpty() ? text : host + ": " + text));
  }
}
