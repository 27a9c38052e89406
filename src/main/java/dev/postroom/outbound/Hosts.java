package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import java.util.List;

/** Where the mail of a domain goes. */
sealed interface Hosts {
  /** To the first of these that answers. */
  record Found(List<RemoteHost> hosts) implements Hosts {}

  /** Nowhere, and waiting will not help. */
  record Nowhere(EnhancedStatus status, String why) implements Hosts {}

  /** The DNS did not say. */
  record Unknown(EnhancedStatus status, String why) implements Hosts {}

  static Nowhere nowhere(int subject, int detail, String why) {
    return new Nowhere(new EnhancedStatus(5, subject, detail), why);
  }

  static Unknown unknown(int subject, int detail, String why) {
    return new Unknown(new EnhancedStatus(4, subject, detail), why);
  }
}
