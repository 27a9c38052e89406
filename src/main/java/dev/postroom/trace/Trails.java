package dev.postroom.trace;

import dev.postroom.directory.Viewer;
import dev.postroom.mail.TraceId;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds stories and tells them, each viewer its own part. */
@ApplicationScoped
public class Trails {
  /** Happenings that are told at once. */
  public static final int MAX_HAPPENINGS = 500;

  /**
   * A page of a list without numbers.
   *
   * @param next where the next one begins, null on the last
   */
  public record Found(List<TrailLine> lines, @Nullable String next) {
    public Found {
      lines = List.copyOf(lines);
    }
  }

  private final AgroalDataSource database;
  private final TraceConfig config;

  Trails(AgroalDataSource database, TraceConfig config) {
    this.database = database;
    this.config = config;
  }

  /** Older messages are forgotten. */
  public int keptDays() {
    return config.keepDays();
  }

  /**
   * The newest first.
   *
   * @param after what {@link Found#next} said, empty for the beginning
   * @throws dev.postroom.directory.DirectoryProblem when it asks for what cannot be
   */
  @Transactional
  public Found search(Viewer viewer, TrailQuery query, String after, int most) {
    var sql =
        new Sql(
                "select trace, line, sender, recipient, outcome, outcome_at"
                    + " from trace_recipient force index ("
                    + TrailConditions.index(viewer, query)
                    + ")")
            .and(TrailConditions.visible(viewer))
            .and(TrailConditions.of(query))
            .and(Position.after(after))
            .add(" order by trace desc, line desc limit ?", most + 1);
    var rows = list(sql, Row::read);
    boolean hasMore = rows.size() > most;
    var page = hasMore ? rows.subList(0, most) : rows;
    return new Found(once(page), hasMore ? Position.of(page.getLast()) : null);
  }

  private record Row(TrailLine line, long number) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(
          new TrailLine(
              new TraceId(row.getString("trace")),
              row.getString("sender"),
              row.getString("recipient"),
              Outcome.valueOf(row.getString("outcome")),
              moment(row.getLong("outcome_at"))),
          row.getLong("line"));
    }
  }

  /** Where a page ends: pages stay as they are while messages come. */
  private static final class Position {
    private Position() {}

    static String of(Row row) {
      return row.line().trace() + Long.toHexString(row.number());
    }

    static Sql after(String position) {
      if (position.length() <= 16 || !TraceId.isValid(position.substring(0, 16))) {
        return Sql.TRUE;
      }
      var trace = position.substring(0, 16);
      try {
        long line = Long.parseUnsignedLong(position.substring(16), 16);
        return new Sql("trace <= ? and (trace < ? or line < ?)", trace, trace, line);
      } catch (NumberFormatException _) {
        return Sql.TRUE;
      }
    }
  }

  /** Mail between two customers here has a line for each; whoever sees both wants the later one. */
  private static List<TrailLine> once(List<Row> rows) {
    record Subject(TraceId trace, String recipient) {}
    var lines = new LinkedHashMap<Subject, TrailLine>();
    for (var row : rows) {
      lines.merge(
          new Subject(row.line().trace(), row.line().recipient()),
          row.line(),
          (one, other) -> one.since().isBefore(other.since()) ? other : one);
    }
    return List.copyOf(lines.values());
  }

  /**
   * Empty when there is none that the viewer may know of.
   *
   * @param recipient whose part of it matters most, when the whole is too long; or empty
   */
  @Transactional
  public Optional<MessageStory> story(Viewer viewer, TraceId trace, String recipient) {
    var visible = TrailConditions.visible(viewer);
    var happenings = happenings(trace, visible, "");
    if (happenings.size() > MAX_HAPPENINGS && !recipient.isEmpty()) {
      happenings = happenings(trace, visible, recipient);
    }
    if (happenings.isEmpty()) {
      return Optional.empty();
    }
    boolean cut = happenings.size() > MAX_HAPPENINGS;
    return Optional.of(
        new MessageStory(
            trace,
            head(trace, visible),
            toldOnce(cut ? happenings.subList(0, MAX_HAPPENINGS) : happenings),
            cut));
  }

  private List<MessageStory.Happening> happenings(TraceId trace, Sql visible, String recipient) {
    var sql =
        new Sql("select at, recipient, kind, party, words, extra, until_at from trace_event")
            .and(new Sql("trace = ?", trace.value()))
            .and(visible)
            .and(recipient.isEmpty() ? Sql.TRUE : new Sql("recipient = ?", recipient))
            .add(" order by at, node limit ?", MAX_HAPPENINGS + 1);
    return list(sql, Trails::happening).stream().flatMap(Optional::stream).toList();
  }

  private static Optional<MessageStory.Happening> happening(ResultSet row) throws SQLException {
    var at = moment(row.getLong("at"));
    var recipient = row.getString("recipient");
    return StepRow.step(
            row.getString("kind"),
            row.getString("party"),
            row.getString("words"),
            row.getString("extra"),
            row.getObject("until_at", Long.class))
        .map(step -> new MessageStory.Happening(at, recipient, step));
  }

  /** Whoever sees the recipient's side, too, need not hear that it was handed over to it. */
  private static List<MessageStory.Happening> toldOnce(List<MessageStory.Happening> all) {
    return all.stream()
        .filter(
            one ->
                !(one.step() instanceof Step.HandedOver)
                    || all.stream()
                        .noneMatch(
                            other ->
                                other.recipient().equals(one.recipient())
                                    && !(other.step() instanceof Step.HandedOver)))
        .toList();
  }

  private MessageStory.@Nullable Head head(TraceId trace, Sql visible) {
    var sql =
        new Sql("select *, ")
            .add("(")
            .add(visible)
            .add(") as own from trace_message")
            .and(new Sql("trace = ?", trace.value()));
    return list(sql, Trails::head).stream().findFirst().orElse(null);
  }

  private static MessageStory.Head head(ResultSet row) throws SQLException {
    return new MessageStory.Head(
        row.getString("service"),
        row.getString("client"),
        row.getString("helo"),
        row.getString("tls"),
        row.getBoolean("own") ? row.getString("login") : "",
        row.getString("sender"),
        row.getString("message_id"),
        row.getString("subject"),
        row.getLong("size"));
  }

  private static Instant moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private <T> List<T> list(Sql sql, Sql.Reader<T> reader) {
    try (Connection connection = database.getConnection()) {
      return sql.list(connection, reader);
    } catch (SQLException failed) {
      throw new TraceUnavailableException(failed);
    }
  }
}
