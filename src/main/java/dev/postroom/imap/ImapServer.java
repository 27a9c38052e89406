package dev.postroom.imap;

import dev.postroom.net.Listeners;
import dev.postroom.net.Listeners.Endpoint;
import dev.postroom.net.NetConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Opens the ports of IMAP and holds a session with whoever connects. */
@ApplicationScoped
class ImapServer {
  private static final String BUSY = "* BYE [UNAVAILABLE] too many connections, try later\r\n";

  private final Listeners listeners;
  private final NetConfig net;
  private final ImapServices services;

  ImapServer(Listeners listeners, NetConfig net, ImapServices services) {
    this.listeners = listeners;
    this.net = net;
    this.services = services;
  }

  void start(@Observes StartupEvent started) {
    open("imap", services.config.port(), false);
    open("imaps", services.config.tlsPort(), true);
  }

  private void open(String name, int port, boolean implicitTls) {
    if (port >= 0) {
      listeners.open(
          new Endpoint(name, net.host(), port, implicitTls),
          BUSY,
          (_, why) -> "* BYE " + why + "\r\n",
          wire -> new ImapSession(services, wire).hold());
    }
  }
}
