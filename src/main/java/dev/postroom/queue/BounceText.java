package dev.postroom.queue;

import java.util.List;

/**
 * What a bounce says to a person.
 *
 * @param subject of the message that failed, or empty
 */
record BounceText(String hostname, String trace, String subject, List<Problem> problems) {
  /**
   * One recipient that was not reached.
   *
   * @param host the server that said so, or empty when none did
   */
  record Problem(String recipient, String what, String advice, String host, String diagnostic) {}
}
