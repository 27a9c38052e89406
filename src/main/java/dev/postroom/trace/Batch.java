package dev.postroom.trace;

import dev.postroom.mail.DomainName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is written in one transaction, as rows, each table's in the order of its key. */
final class Batch {
  private static final String MESSAGES =
      "insert ignore into trace_message (trace, account_id, service, client, helo, tls, login,"
          + " sender, message_id, subject, size) values ";
  private static final String RECIPIENTS =
      "insert into trace_recipient (trace, line, account_id, recipient, recipient_domain, sender,"
          + " sender_domain, client, message_id, outcome, outcome_at) values ";

  /** The queue may be done with a message before its beginning is told. */
  private static final String NEWER_OUTCOME =
      " outcome = if(values(outcome_at) >= outcome_at, values(outcome), outcome),"
          + " outcome_at = greatest(values(outcome_at), outcome_at)";

  private static final String BEGINNING =
      " on duplicate key update sender = values(sender), sender_domain = values(sender_domain),"
          + " client = values(client), message_id = values(message_id),"
          + NEWER_OUTCOME;
  private static final String EVENTS =
      "insert into trace_event (trace, at, node, account_id, recipient, kind, party, words, extra,"
          + " until_at) values ";

  private record Key(String trace, long line) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = trace.compareTo(other.trace);
      return order == 0 ? Long.compare(line, other.line) : order;
    }
  }

  private record Line(
      @Nullable Long accountId, String recipient, @Nullable Story story, Outcome outcome, long at) {
    Line with(Line other) {
      var later = other.at >= at ? other : this;
      return new Line(
          accountId, recipient, story == null ? other.story : story, later.outcome, later.at);
    }
  }

  private final Function<DomainName, Optional<Long>> accountOf;
  private final int node;
  private final boolean subjects;
  private final TreeMap<String, @Nullable Object[]> messages = new TreeMap<>();
  private final TreeMap<Key, Line> lines = new TreeMap<>();
  private final MultiRow events = new MultiRow(EVENTS, "");

  /**
   * @param accountOf whose a domain is that is hosted here
   */
  Batch(
      List<Recorded> all,
      Function<DomainName, Optional<Long>> accountOf,
      int node,
      boolean subjects) {
    this.accountOf = accountOf;
    this.node = node;
    this.subjects = subjects;
    all.forEach(this::add);
  }

  private void add(Recorded recorded) {
    var story = recorded.story();
    if (story != null) {
      addMessage(story);
    }
    recorded.moments().forEach(moment -> add(moment.event(), story, moment.at()));
  }

  private void addMessage(Story story) {
    var origin = story.origin();
    if (origin == null) {
      return;
    }
    var login = origin.login();
    messages.put(
        story.trace().value(),
        new @Nullable Object[] {
          story.trace().value(),
          login == null ? null : accountOf.apply(login.domain()).orElse(null),
          Columns.cut(origin.service(), 16),
          Columns.cut(origin.client(), Columns.CLIENT),
          Columns.cut(origin.helo(), 255),
          Columns.cut(origin.tls(), 100),
          Columns.address(login),
          Columns.address(origin.sender().address()),
          Columns.cut(story.messageId(), Columns.MESSAGE_ID),
          subjects ? Columns.cut(story.subject(), 255) : "",
          story.size()
        });
  }

  private void add(TraceEvent event, @Nullable Story story, long at) {
    var account = account(event, story);
    var beginning = story == null || story.origin() == null ? null : story;
    var recipient = Columns.address(event.recipient());
    event
        .step()
        .outcome()
        .ifPresent(
            outcome ->
                lines.merge(
                    new Key(event.trace().value(), Columns.hash(account, recipient)),
                    new Line(account, recipient, beginning, outcome, at),
                    Line::with));
    var row = StepRow.of(event.step());
    events.add(
        event.trace().value(),
        at,
        node,
        account,
        recipient,
        row.kind().name(),
        Columns.cut(row.party(), Columns.ADDRESS),
        Columns.cut(row.words(), Columns.WORDS),
        Columns.cut(row.extra(), Columns.ADDRESS),
        row.until());
  }

  private @Nullable Long account(TraceEvent event, @Nullable Story story) {
    if (event.accountId() != null) {
      return event.accountId();
    }
    var recipient = event.recipient();
    if (recipient != null) {
      return accountOf.apply(recipient.domain()).orElse(null);
    }
    var origin = story == null ? null : story.origin();
    var login = origin == null ? null : origin.login();
    return login == null ? null : accountOf.apply(login.domain()).orElse(null);
  }

  void write(Connection connection) throws SQLException {
    var inserts = new MultiRow(MESSAGES, "");
    messages.values().forEach(inserts::add);
    inserts.execute(connection);
    var beginnings = new MultiRow(RECIPIENTS, BEGINNING);
    var later = new MultiRow(RECIPIENTS, " on duplicate key update" + NEWER_OUTCOME);
    lines.forEach((key, line) -> (line.story() == null ? later : beginnings).add(row(key, line)));
    beginnings.execute(connection);
    later.execute(connection);
    events.execute(connection);
  }

  private static @Nullable Object[] row(Key key, Line line) {
    var story = line.story();
    var origin = story == null ? null : story.origin();
    var sender = origin == null ? null : origin.sender().address();
    return new @Nullable Object[] {
      key.trace(),
      key.line(),
      line.accountId(),
      line.recipient(),
      Columns.domain(line.recipient()),
      Columns.address(sender),
      sender == null ? "" : sender.domain().ascii(),
      origin == null ? "" : Columns.cut(origin.client(), Columns.CLIENT),
      story == null ? "" : Columns.cut(story.messageId(), Columns.MESSAGE_ID),
      line.outcome().name(),
      line.at()
    };
  }
}
