package dev.postroom.sts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a domain says about the way to it (RFC 8461 §3.2).
 *
 * @param hosts names of its mail servers in lower case; {@code *.} at the beginning is one label
 * @param text as it was fetched
 */
public record StsPolicy(Mode mode, List<String> hosts, Duration maxAge, String text) {
  /** What follows when a server is not as the policy says (RFC 8461 §5). */
  public enum Mode {
    ENFORCE,
    TESTING,
    NONE;

    /** As policies write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** RFC 8461 §3.2: about a year. */
  private static final long MAX_AGE = 31_557_600;

  private static final int MAX_HOSTS = 200;

  public StsPolicy {
    hosts = List.copyOf(hosts);
  }

  /**
   * @throws InvalidPolicyException when it is none
   */
  public static StsPolicy parse(String text) throws InvalidPolicyException {
    var lines = text.split("\r?\n", -1);
    String version = null;
    String mode = null;
    String maxAge = null;
    var hosts = new ArrayList<String>();
    for (var line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        if (!line.isBlank()) {
          throw new InvalidPolicyException("a line without a colon");
        }
        continue;
      }
      var value = line.substring(colon + 1).strip();
      // RFC 8461 §3.2: of a field that may stand once, the first counts
      switch (line.substring(0, colon).strip()) {
        case "version" -> version = version == null ? value : version;
        case "mode" -> mode = mode == null ? value : mode;
        case "max_age" -> maxAge = maxAge == null ? value : maxAge;
        case "mx" -> hosts.add(host(value));
        default -> {} // RFC 8461 §3.2: extensions are passed over
      }
    }
    if (!"STSv1".equals(version)) {
      throw new InvalidPolicyException("its version is not STSv1");
    }
    if (hosts.size() > MAX_HOSTS) {
      throw new InvalidPolicyException("more than " + MAX_HOSTS + " mx lines");
    }
    var policy = new StsPolicy(mode(mode), hosts, age(maxAge), text);
    if (policy.mode() != Mode.NONE && hosts.isEmpty()) {
      throw new InvalidPolicyException("no mx line");
    }
    return policy;
  }

  private static Mode mode(@org.jspecify.annotations.Nullable String text)
      throws InvalidPolicyException {
    for (var mode : Mode.values()) {
      if (mode.text().equals(text)) {
        return mode;
      }
    }
    throw new InvalidPolicyException("no mode that is known");
  }

  private static Duration age(@org.jspecify.annotations.Nullable String text)
      throws InvalidPolicyException {
    if (text == null || !text.matches("\\d{1,10}")) {
      throw new InvalidPolicyException("no max_age in seconds");
    }
    return Duration.ofSeconds(Math.min(MAX_AGE, Long.parseLong(text)));
  }

  private static String host(String text) throws InvalidPolicyException {
    var host = text.toLowerCase(Locale.ROOT);
    if (!host.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?") || host.length() > 255) {
      throw new InvalidPolicyException("an mx line that names no host");
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** RFC 8461 §4.1: whether one of the mx lines is about this host. */
  public boolean names(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return hosts.contains(name) || (dot > 0 && hosts.contains("*" + name.substring(dot)));
  }
}
