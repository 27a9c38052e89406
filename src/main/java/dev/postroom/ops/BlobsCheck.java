package dev.postroom.ops;

import dev.postroom.blob.Blobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the blob store can be written to. */
@Readiness
@ApplicationScoped
class BlobsCheck implements HealthCheck {
  private final Blobs blobs;

  BlobsCheck(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("blobs");
    try (var writer = blobs.write()) {
      writer.write('.');
      return response.up().build();
    } catch (IOException failed) {
      return response.down().withData("error", String.valueOf(failed.getMessage())).build();
    }
  }
}
