package dev.postroom.tlsreport;

import java.time.Instant;
import java.util.List;

/**
 * What another server says of its connections to a domain here on one day. Nobody has checked it.
 *
 * @param reporter who says so, in its own words
 */
public record ReceivedReport(
    String reporter,
    String id,
    Instant begin,
    Instant end,
    long successes,
    long failures,
    List<Failure> details) {
  /** Sessions that failed alike. */
  public record Failure(String type, String host, String sendingIp, long sessions, String detail) {}

  public ReceivedReport {
    details = List.copyOf(details);
  }

  /** Connections in all. */
  public long all() {
    return successes + failures;
  }
}
