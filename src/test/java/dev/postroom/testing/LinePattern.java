package dev.postroom.testing;

import java.util.Map;
import java.util.regex.Pattern;

/** An expected line: text with {@code ...} and {@code <<regex>>} in it. */
record LinePattern(Pattern pattern) {
  private static final Pattern SPECIAL = Pattern.compile("<<(.*?)>>(?!>)|\\.\\.\\.");

  static LinePattern of(String text) {
    var regex = new StringBuilder();
    var special = SPECIAL.matcher(text);
    int done = 0;
    while (special.find()) {
      regex.append(Pattern.quote(text.substring(done, special.start())));
      regex.append(special.group(1) == null ? ".*" : "(?:" + special.group(1) + ")");
      done = special.end();
    }
    regex.append(Pattern.quote(text.substring(done)));
    return new LinePattern(Pattern.compile(regex.toString()));
  }

  /** Whether the line fits; what named groups matched goes into {@code variables}. */
  boolean matches(String line, Map<String, String> variables) {
    var found = pattern.matcher(line);
    if (!found.matches()) {
      return false;
    }
    pattern.namedGroups().keySet().forEach(name -> variables.put(name, found.group(name)));
    return true;
  }
}
