package dev.postroom.outbound;

import dev.postroom.mail.ServerConfig;
import dev.postroom.net.Listeners;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.jboss.logging.Logger;

/** Recognises this server, so that it never sends mail to itself (RFC 5321 §5.1). */
@ApplicationScoped
class OwnAddresses {
  private static final Logger LOG = Logger.getLogger(OwnAddresses.class);
  private static final String SMTP = "smtp";

  private final ServerConfig server;
  private final Listeners listeners;

  OwnAddresses(ServerConfig server, Listeners listeners) {
    this.server = server;
    this.listeners = listeners;
  }

  boolean isOwnName(String host) {
    return server.hostname().equalsIgnoreCase(host)
        || server.otherNames().orElse(List.of()).stream().anyMatch(host::equalsIgnoreCase);
  }

  /** True when what listens there is our own port for mail from other servers. */
  boolean isOwn(InetSocketAddress address) {
    return listeners.all().stream()
            .anyMatch(
                open -> open.endpoint().name().equals(SMTP) && open.port() == address.getPort())
        && isLocal(address.getAddress());
  }

  /** Whether it is an address of this machine, whatever listens there. */
  boolean isLocal(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      LOG.warnf(unknown, "cannot tell whether %s is an address of this machine", address);
      return false;
    }
  }
}
