package dev.postroom.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By which way the mail of a sender leaves this server.
 *
 * @param relay null when the configuration and the DNS say where mail goes
 * @param source4 the own address that other servers see, null for the system's choice
 * @param source6 the same for IPv6
 */
public record Way(
    @Nullable Relay relay, @Nullable Inet4Address source4, @Nullable Inet6Address source6) {
  /** As the configuration says. */
  public static final Way CONFIGURED = new Way(null, null, null);

  /**
   * A relay host that takes all the sender's mail.
   *
   * @param trusted whether it may be a private address: an administrator named it
   */
  public record Relay(String host, int port, TlsMode tls, @Nullable Login login, boolean trusted) {
    public Relay {
      if (login != null && tls.mayBePlain()) {
        throw new IllegalArgumentException("a login needs TLS");
      }
    }
  }

  /** Who has an address of its own is not to be seen at another one. */
  boolean reaches(InetAddress address) {
    return (source4 == null && source6 == null) || source(address).isPresent();
  }

  Optional<InetAddress> source(InetAddress towards) {
    return Optional.ofNullable(towards instanceof Inet6Address ? source6 : source4);
  }
}
