package dev.postroom.smtp;

import dev.postroom.auth.Sasl;
import dev.postroom.guard.Guard;
import dev.postroom.mail.ServerConfig;
import dev.postroom.net.Listeners;
import dev.postroom.net.NetConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Opens the ports of the services when Postroom starts. */
@ApplicationScoped
class SmtpServer {
  private static final String LMTP_SOCKET = "lmtp-socket";

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
      TransactionLog log,
      Guard guard) {
    this.listeners = listeners;
    this.net = net;
    this.context =
        new SmtpSession.Context(config, server.hostname(), sasl, admission, reception, log, guard);
  }

  SmtpSession.Context context() {
    return context;
  }

  void start(@Observes StartupEvent event) {
    for (var service : Service.values()) {
      int port = service.port(context.config());
      if (port >= 0) {
        var host = service.host(context.config(), net);
        open(service, service.label(), host, port);
      }
    }
    context.config().lmtpSocket().ifPresent(path -> open(Service.LMTP, LMTP_SOCKET, path, 0));
  }

  /** RFC 5321 §3.1: 554 instead of a greeting; 421 where waiting helps. */
  private String refusal(boolean forGood, String why) {
    return (forGood ? "554 5.7.1 " : "421 4.7.0 ") + context.hostname() + ": " + why + "\r\n";
  }

  private void open(Service service, String name, String host, int port) {
    listeners.open(
        new Listeners.Endpoint(name, host, port, service.implicitTls()),
        "421 4.7.0 " + context.hostname() + " has too many connections; try again later\r\n",
        this::refusal,
        wire -> new SmtpSession(wire, service, context).hold());
  }
}
