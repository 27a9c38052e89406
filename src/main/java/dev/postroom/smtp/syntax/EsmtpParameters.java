package dev.postroom.smtp.syntax;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what extensions add behind the path of MAIL and RCPT (RFC 5321 §4.1.2). */
final class EsmtpParameters {
  /** RFC 6531 §3.3 lets a value have what ASCII has not. */
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([\\x21-<>-~[^\\x00-\\x9f]]+))?");

  private EsmtpParameters() {}

  static Map<String, String> read(String text) throws MalformedCommandException {
    if (text.isEmpty()) {
      return Map.of();
    }
    var parameters = new LinkedHashMap<String, String>();
    for (String word : text.split(" +")) {
      var m = PARAMETER.matcher(word);
      if (!m.matches()) {
        throw new MalformedCommandException(
            SmtpParser.ARGUMENTS, "a parameter is KEYWORD or KEYWORD=value");
      }
      String keyword = m.group(1).toUpperCase(Locale.ROOT);
      if (parameters.put(keyword, m.group(2) == null ? "" : m.group(2)) != null) {
        throw new MalformedCommandException(
            SmtpParser.ARGUMENTS, "parameter " + keyword + " is there twice");
      }
    }
    return Collections.unmodifiableMap(parameters);
  }
}
