package dev.postroom.tlsreport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the JSON of a report (RFC 8460 §4.4). */
final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One policy: its counts come together. */
  private record Policy(String type, String text, String hosts) {
    static Policy of(SessionCount count) {
      return new Policy(count.policyType(), count.policyText(), count.policyHosts());
    }
  }

  private ReportJson() {}

  static byte[] write(
      String organization, String contact, String id, Map<SessionCount, Long> counts) {
    var first = counts.keySet().iterator().next();
    var report = JSON.createObjectNode();
    report.put("organization-name", organization);
    var range = report.putObject("date-range");
    range.put("start-datetime", first.day() + "T00:00:00Z");
    range.put("end-datetime", first.day() + "T23:59:59Z");
    report.put("contact-info", contact);
    report.put("report-id", id);
    var policies = report.putArray("policies");
    var byPolicy = new LinkedHashMap<Policy, Map<SessionCount, Long>>();
    counts.forEach(
        (count, sessions) ->
            byPolicy
                .computeIfAbsent(Policy.of(count), _ -> new LinkedHashMap<>())
                .put(count, sessions));
    byPolicy.forEach((policy, of) -> write(policies.addObject(), first.domain(), policy, of));
    try {
      return JSON.writeValueAsString(report).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void write(
      ObjectNode node, String domain, Policy policy, Map<SessionCount, Long> counts) {
    var described = node.putObject("policy");
    described.put("policy-type", policy.type());
    lines(policy.text()).forEach(described.putArray("policy-string")::add);
    described.put("policy-domain", domain);
    lines(policy.hosts()).forEach(described.putArray("mx-host")::add);
    var summary = node.putObject("summary");
    summary.put("total-successful-session-count", sum(counts, true));
    summary.put("total-failure-session-count", sum(counts, false));
    var details = node.putArray("failure-details");
    counts.forEach(
        (count, sessions) -> {
          if (!count.isSuccess()) {
            failure(details.addObject(), count, sessions);
          }
        });
  }

  private static void failure(ObjectNode node, SessionCount count, long sessions) {
    node.put("result-type", count.result());
    if (!count.sendingIp().isEmpty()) {
      node.put("sending-mta-ip", count.sendingIp());
    }
    node.put("receiving-mx-hostname", count.host());
    node.put("receiving-ip", count.receivingIp());
    node.put("failed-session-count", sessions);
    node.put("failure-reason-code", count.detail());
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private static long sum(Map<SessionCount, Long> counts, boolean successes) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().isSuccess() == successes)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
