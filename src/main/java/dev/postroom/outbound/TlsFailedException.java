package dev.postroom.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * There is no TLS, or not such as there must be. Where there need be none, the host may still take
 * mail.
 */
final class TlsFailedException extends IOException {
  private final transient TlsFault fault;

  TlsFailedException(TlsFault fault, @Nullable IOException cause) {
    super(fault.why(), cause);
    this.fault = fault;
  }

  TlsFault fault() {
    return fault;
  }
}
