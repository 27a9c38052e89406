package dev.postroom.panel;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.TraceId;
import dev.postroom.trace.Outcome;
import dev.postroom.trace.TrailQuery;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The search form, as the address of the page has it. */
public class TrackingSearch {
  @QueryParam("from")
  @DefaultValue("")
  public String from = "";

  @QueryParam("to")
  @DefaultValue("")
  public String to = "";

  @QueryParam("outcome")
  @DefaultValue("")
  public String outcome = "";

  @QueryParam("since")
  @DefaultValue("")
  public String since = "";

  @QueryParam("until")
  @DefaultValue("")
  public String until = "";

  @QueryParam("id")
  @DefaultValue("")
  public String id = "";

  @QueryParam("client")
  @DefaultValue("")
  public String client = "";

  public boolean isEmpty() {
    return (from + to + outcome + since + until + id + client).isBlank();
  }

  /** Whether the fields that few need are in use. */
  public boolean isExpert() {
    return !(id + client).isBlank();
  }

  public List<Outcome> outcomes() {
    return List.of(Outcome.values());
  }

  TrailQuery query() {
    boolean isTrace = TraceId.isValid(id.strip().toLowerCase(Locale.ROOT));
    return new TrailQuery(
        from,
        to,
        isTrace ? id : "",
        isTrace ? "" : id,
        client,
        chosen(),
        day(since, 0),
        day(until, 1));
  }

  private @Nullable Outcome chosen() {
    try {
      return outcome.isBlank() ? null : Outcome.valueOf(outcome.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw wrong("outcome", "There is no outcome “" + outcome + "”.");
    }
  }

  /** Days are those of UTC, as the times of the list are where there is no JavaScript. */
  private static @Nullable Instant day(String text, int daysLater) {
    try {
      return text.isBlank()
          ? null
          : LocalDate.parse(text.strip())
              .plusDays(daysLater)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
    } catch (DateTimeException _) {
      throw wrong("since", "“" + text + "” is no day.");
    }
  }

  private static DirectoryProblem wrong(String field, String text) {
    return new DirectoryProblem(DirectoryProblem.Kind.INVALID, field, text);
  }

  /** The address of the page that goes on where this one ends. */
  String path(String after) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("from", from);
    fields.put("to", to);
    fields.put("outcome", outcome);
    fields.put("since", since);
    fields.put("until", until);
    fields.put("id", id);
    fields.put("client", client);
    fields.put("after", after);
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isBlank())
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&", "/tracking?", ""));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
