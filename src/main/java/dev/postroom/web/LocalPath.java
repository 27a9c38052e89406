package dev.postroom.web;

import java.net.URI;
import java.net.URISyntaxException;

/** Where to go next, taken from a request: only ever a path of this host. */
final class LocalPath {
  private LocalPath() {}

  /** The path, or {@code /} for anything that might lead elsewhere. */
  static String of(String text) {
    // a browser reads "//host" and "/\host" as another host
    if (!text.startsWith("/")
        || text.startsWith("//")
        || text.indexOf('\\') >= 0
        || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return "/";
    }
    try {
      var uri = new URI(text);
      return uri.getHost() == null && uri.getScheme() == null ? text : "/";
    } catch (URISyntaxException _) {
      return "/";
    }
  }
}
