package dev.postroom.tlsreport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postroom.tlsreport.ReceivedReport.Failure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Optional;

/** Reads the JSON of a report (RFC 8460 §4.4) that a stranger wrote. */
final class ReportReader {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_POLICIES = 50;
  private static final int MAX_FAILURES = 100;
  private static final int NAME = 200;
  private static final int ID = 255;
  private static final int TYPE = 60;
  private static final int DETAIL = 500;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private ReportReader() {}

  /**
   * Empty when it says nothing of the domain.
   *
   * @param domain in ASCII
   * @throws IOException when it is no report
   */
  static Optional<ReceivedReport> read(byte[] json, String domain) throws IOException {
    var root = JSON.readTree(json);
    var range = root.path("date-range");
    long successes = 0;
    long failures = 0;
    boolean isMeant = false;
    var details = new ArrayList<Failure>();
    int policies = 0;
    for (var policy : root.path("policies")) {
      if (policies++ == MAX_POLICIES) {
        break;
      }
      if (text(policy.path("policy").path("policy-domain"), ID).equalsIgnoreCase(domain)) {
        isMeant = true;
        successes += count(policy.path("summary").path("total-successful-session-count"));
        failures += count(policy.path("summary").path("total-failure-session-count"));
        details(policy.path("failure-details"), details);
      }
    }
    if (!isMeant) {
      return Optional.empty();
    }
    return Optional.of(
        new ReceivedReport(
            text(root.path("organization-name"), NAME),
            text(root.path("report-id"), ID),
            time(range.path("start-datetime")),
            time(range.path("end-datetime")),
            successes,
            failures,
            details));
  }

  private static void details(JsonNode nodes, ArrayList<Failure> details) {
    for (var node : nodes) {
      if (details.size() == MAX_FAILURES) {
        return;
      }
      details.add(
          new Failure(
              text(node.path("result-type"), TYPE),
              text(node.path("receiving-mx-hostname"), ID),
              text(node.path("sending-mta-ip"), TYPE),
              count(node.path("failed-session-count")),
              text(node.path("failure-reason-code"), DETAIL)));
    }
  }

  private static long count(JsonNode node) {
    // some write numbers as text
    return Math.clamp(node.asLong(0), 0, Integer.MAX_VALUE);
  }

  private static String text(JsonNode node, int most) {
    var text = node.asText("").replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static Instant time(JsonNode node) throws IOException {
    try {
      return OffsetDateTime.parse(node.asText()).toInstant();
    } catch (DateTimeException malformed) {
      throw new IOException("its times cannot be read", malformed);
    }
  }
}
