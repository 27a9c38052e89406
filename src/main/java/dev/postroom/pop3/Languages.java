package dev.postroom.pop3;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** LANG (RFC 6856 §3): English is spoken here, and nothing else. */
record Languages(Replies replies) {
  private static final Set<String> DEFAULTS = Set.of("*", "i-default", "mul");

  void choose(Optional<String> range) throws IOException {
    if (range.isEmpty()) {
      replies.ok("languages");
      replies.line("en English");
      replies.endOfLines();
    } else if (isEnglish(range.get())) {
      replies.ok("en is spoken");
    } else {
      replies.error("en is all that is spoken here");
    }
  }

  /** RFC 4647 §3.4: a range finds what it is, less its last parts. */
  private static boolean isEnglish(String range) {
    return DEFAULTS.contains(range) || range.equals("en") || range.startsWith("en-");
  }
}
