package dev.postroom.queue;

import dev.postroom.directory.DirectoryProblem;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an entry goes that does not go where the DNS says. It stands in the column {@code
 * destination}, so that it is claimed, paced and rested together with what goes the same way, and
 * apart from what it was taken out of. No domain begins with the mark.
 */
final class Reroute {
  private static final String MARK = "=";
  private static final Pattern ROUTE =
      Pattern.compile(
          "(\\[[0-9a-fA-F:.]{2,45}\\]|[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?):([0-9]{1,5})");
  private static final int LAST_PORT = 65535;

  private Reroute() {}

  static String destination(String route) {
    return MARK + route;
  }

  /** {@code host:port}, or empty when it is the recipient's domain. */
  static String route(String destination) {
    return destination.startsWith(MARK) ? destination.substring(MARK.length()) : "";
  }

  /** What somebody typed; the port may be left out. */
  static String checked(String typed) {
    var text = typed.strip().toLowerCase(Locale.ROOT);
    var route = text.matches(".*[^:\\]]:[0-9]+|.*\\]:[0-9]+") ? text : text + ":25";
    var match = ROUTE.matcher(route);
    if (!match.matches() || !isPort(match.group(3))) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.INVALID,
          "route",
          "Name a host and a port, as in relay.example.net:25 or [2001:db8::1]:25.");
    }
    return route;
  }

  private static boolean isPort(String text) {
    int port = Integer.parseInt(text);
    return port >= 1 && port <= LAST_PORT;
  }
}
