package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Tells senders of messages that somebody dropped from the queue. */
@ApplicationScoped
class DropReports {
  /** RFC 3463 §3.8: not authorized; it will not be tried again. */
  static final EnhancedStatus DROPPED = new EnhancedStatus(5, 7, 1);

  private static final String WORDS =
      "removed from the queue by those who look after this mail server, before it was delivered";

  private final Reports reports;

  DropReports(Reports reports) {
    this.reports = reports;
  }

  /** Inside the transaction that removes them: one report for each message. */
  void send(Connection connection, List<LockedEntry> dropped) throws SQLException {
    if (dropped.isEmpty()) {
      return;
    }
    var ids = dropped.stream().map(LockedEntry::id).toList();
    var messages = new LinkedHashMap<Entry.Letter, List<Entry>>();
    for (var entry : Claims.read(connection, ids)) {
      messages.computeIfAbsent(entry.letter(), _ -> new ArrayList<>()).add(entry);
    }
    for (var entries : messages.values()) {
      var first = entries.getFirst();
      reports.send(
          new ReportedMessage(first.trace(), first.reversePath(), first.content(), first.options()),
          entries.stream().map(DropReports::dropped).toList());
    }
  }

  private static ReportedOutcome dropped(Entry entry) {
    return ReportedOutcome.failed(entry.recipient(), entry.recipientOptions(), DROPPED, WORDS);
  }
}
