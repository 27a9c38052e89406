package dev.postroom.dnscheck;

import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** The names under which MX records may point to this server. */
@ApplicationScoped
class OwnNames {
  private final ServerConfig server;

  OwnNames(ServerConfig server) {
    this.server = server;
  }

  String hostname() {
    return server.hostname();
  }

  boolean contains(String host) {
    return is(server.hostname(), host)
        || server.otherNames().orElse(List.of()).stream().anyMatch(name -> is(name, host));
  }

  private static boolean is(String own, String host) {
    return own.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
  }
}
