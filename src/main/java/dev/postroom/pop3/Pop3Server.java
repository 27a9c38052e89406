package dev.postroom.pop3;

import dev.postroom.auth.Logins;
import dev.postroom.auth.Sasl;
import dev.postroom.blob.Blobs;
import dev.postroom.net.Listeners;
import dev.postroom.net.NetConfig;
import dev.postroom.net.Wire;
import dev.postroom.store.MailStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;

/** Opens the POP3 ports. */
@ApplicationScoped
public class Pop3Server {
  private static final String BUSY = "-ERR [SYS/TEMP] too many connections, try again later\r\n";

  private final Pop3Config config;
  private final NetConfig net;
  private final Listeners listeners;
  private final Pop3Session.Services services;

  @Inject
  Pop3Server(
      Pop3Config config,
      NetConfig net,
      Listeners listeners,
      Logins logins,
      Sasl sasl,
      MailStore store,
      Blobs blobs,
      MaildropLocks locks,
      MeterRegistry meters) {
    this.config = config;
    this.net = net;
    this.listeners = listeners;
    this.services = new Pop3Session.Services(config, logins, sasl, store, blobs, locks, meters);
  }

  void start(@Observes StartupEvent event) {
    open("pop3", config.port(), false);
    open("pop3s", config.tlsPort(), true);
  }

  private void open(String name, int port, boolean implicitTls) {
    if (port >= 0) {
      var endpoint = new Listeners.Endpoint(name, net.host(), port, implicitTls);
      listeners.open(endpoint, BUSY, (_, why) -> "-ERR " + why + "\r\n", this::hold);
    }
  }

  private void hold(Wire wire) throws IOException {
    new Pop3Session(wire, services).hold();
  }
}
