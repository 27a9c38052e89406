package dev.postroom.smtp;

import dev.postroom.auth.Sasl;
import dev.postroom.mail.ServerConfig;
import dev.postroom.net.Listeners;
import dev.postroom.net.NetConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Opens the ports of the services when Postroom starts. */
@ApplicationScoped
class SmtpServer {
  private final Listeners listeners;
  private final NetConfig net;
  private final SmtpSession.Context context;

  SmtpServer(
      Listeners listeners,
      NetConfig net,
      SmtpConfig config,
      ServerConfig server,
      Sasl sasl,
      Admission admission,
      Reception reception,
      TransactionLog log) {
    this.listeners = listeners;
    this.net = net;
    this.context =
        new SmtpSession.Context(config, server.hostname(), sasl, admission, reception, log);
  }

  SmtpSession.Context context() {
    return context;
  }

  void start(@Observes StartupEvent event) {
    for (var service : Service.values()) {
      int port = service.port(context.config());
      if (port >= 0) {
        open(service, port);
      }
    }
  }

  private void open(Service service, int port) {
    listeners.open(
        new Listeners.Endpoint(
            service.label(), service.host(context.config(), net), port, service.implicitTls()),
        "421 4.7.0 " + context.hostname() + " has too many connections; try again later\r\n",
        wire -> new SmtpSession(wire, service, context).hold());
  }
}
