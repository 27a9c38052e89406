package dev.postroom.web;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;

/** Where a request comes from, as a trusted proxy tells it. */
public final class ClientAddress {
  private ClientAddress() {}

  public static InetAddress of(HttpServerRequest request) {
    try {
      return InetAddress.ofLiteral(request.remoteAddress().hostAddress());
    } catch (IllegalArgumentException _) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
