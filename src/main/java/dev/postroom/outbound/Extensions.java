package dev.postroom.outbound;

import dev.postroom.smtp.syntax.SmtpReply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a server's answer to EHLO offers (RFC 5321 §4.1.1.1).
 *
 * @param parameters by keyword in upper case
 */
record Extensions(Map<String, List<String>> parameters) {
  static final Extensions NONE = new Extensions(Map.of());

  static Extensions read(SmtpReply ehlo) {
    var parameters = new HashMap<String, List<String>>();
    for (var line : ehlo.lines().subList(1, ehlo.lines().size())) {
      // servers of old wrote AUTH=PLAIN LOGIN
      var words = line.strip().toUpperCase(Locale.ROOT).replaceFirst("^AUTH=", "AUTH ").split(" +");
      parameters.merge(
          words[0],
          Arrays.stream(words).skip(1).toList(),
          (one, other) -> java.util.stream.Stream.concat(one.stream(), other.stream()).toList());
    }
    return new Extensions(Map.copyOf(parameters));
  }

  boolean startTls() {
    return parameters.containsKey("STARTTLS");
  }

  boolean pipelining() {
    return parameters.containsKey("PIPELINING");
  }

  boolean eightBitMime() {
    return parameters.containsKey("8BITMIME");
  }

  boolean smtpUtf8() {
    return parameters.containsKey("SMTPUTF8");
  }

  /** RFC 8689 §2. */
  boolean requireTls() {
    return parameters.containsKey("REQUIRETLS");
  }

  boolean size() {
    return parameters.containsKey("SIZE");
  }

  boolean chunking() {
    return parameters.containsKey("CHUNKING");
  }

  boolean binaryMime() {
    return parameters.containsKey("BINARYMIME");
  }

  boolean dsn() {
    return parameters.containsKey("DSN");
  }

  boolean mtPriority() {
    return parameters.containsKey("MT-PRIORITY");
  }

  boolean deliverBy() {
    return parameters.containsKey("DELIVERBY");
  }

  /** RFC 2852 §4: the fewest seconds that it promises to deliver in; without a number, any. */
  long leastDeliverBy() {
    return parameters.getOrDefault("DELIVERBY", List.of()).stream()
        .filter(text -> text.matches("\\d{1,9}"))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** RFC 9422 §3: {@code RCPTMAX} and the like; without one, the most there is. */
  int limit(String name) {
    return parameters.getOrDefault("LIMITS", List.of()).stream()
        .filter(limit -> limit.matches(name + "=[1-9]\\d{0,5}"))
        .mapToInt(limit -> Integer.parseInt(limit.substring(name.length() + 1)))
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  /** RFC 1870 §4: no number, or 0, is no limit. */
  long sizeLimit() {
    return parameters.getOrDefault("SIZE", List.of()).stream()
        .filter(text -> text.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .filter(limit -> limit > 0)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  boolean auth(String mechanism) {
    return parameters.getOrDefault("AUTH", List.of()).contains(mechanism);
  }

  @Override
  public String toString() {
    return parameters.keySet().stream().sorted().collect(Collectors.joining(" "));
  }
}
