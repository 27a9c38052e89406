package dev.postroom.ops;

import dev.postroom.directory.Viewer;
import dev.postroom.queue.Dispatcher;
import dev.postroom.queue.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that the queue can be read and is being sent; its length is told, and judged by
 * nobody here.
 */
@Readiness
@ApplicationScoped
class QueueCheck implements HealthCheck {
  private final Outbox outbox;
  private final Dispatcher dispatcher;

  QueueCheck(Outbox outbox, Dispatcher dispatcher) {
    this.outbox = outbox;
    this.dispatcher = dispatcher;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("queue");
    if (!dispatcher.isWell()) {
      return response.down().withData("error", "nothing is sent any more").build();
    }
    try {
      return response.up().withData("messages", outbox.count(Viewer.SERVER)).build();
    } catch (RuntimeException unreadable) {
      return response.down().withData("error", "the queue cannot be read").build();
    }
  }
}
