package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import java.io.IOException;

/** This host cannot take a message now; another one of the domain may. */
final class HostUnavailableException extends IOException {
  private final EnhancedStatus status;

  HostUnavailableException(EnhancedStatus status, String why) {
    super(why);
    this.status = status;
  }

  /** Always of the temporary kind. */
  EnhancedStatus status() {
    return status;
  }
}
