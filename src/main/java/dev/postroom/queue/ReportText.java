package dev.postroom.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says to a person.
 *
 * @param subject of the message it is about, or empty
 */
record ReportText(
    String hostname,
    String trace,
    String subject,
    List<Line> failed,
    List<Line> delayed,
    List<Line> succeeded) {
  /**
   * One recipient.
   *
   * @param host the server that said so, or empty when none did
   * @param until for a delay: how long it is tried
   */
  record Line(
      String recipient,
      String what,
      String advice,
      String host,
      String diagnostic,
      @Nullable String until) {}
}
