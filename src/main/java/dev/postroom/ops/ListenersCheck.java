package dev.postroom.ops;

import dev.postroom.net.Listeners;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that every port takes connections. */
@Readiness
@ApplicationScoped
class ListenersCheck implements HealthCheck {
  private final Listeners listeners;

  ListenersCheck(Listeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("listeners");
    boolean accepting = true;
    for (var open : listeners.all()) {
      accepting &= open.isAccepting();
      response.withData(
          open.endpoint().name(),
          "port " + open.port() + ", " + open.connections() + " connections");
    }
    return response.status(accepting && !listeners.all().isEmpty()).build();
  }
}
