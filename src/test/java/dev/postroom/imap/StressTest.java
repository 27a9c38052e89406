package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.MailboxInfo;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Many sessions append, store, copy, move, expunge, search and fetch in the same three folders
 * while mail is delivered. No session may hear what contradicts what it was told before, and in the
 * end each one's view is the database's.
 *
 * <p>A short run by default; the whole one is {@code mvn test -Dtest=StressTest
 * -Dpostroom.stress.seconds=300}.
 */
@PostroomTest
class StressTest {
  private static final Logger LOG = Logger.getLogger(StressTest.class);
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("postroom.stress.seconds", 10));
  private static final int SESSIONS = Integer.getInteger("postroom.stress.sessions", 50);
  private static final List<String> FOLDERS = List.of("INBOX", "Work", "Archive");

  @Inject TestSessions testSessions;
  @Inject Fixtures fixtures;
  @Inject AgroalDataSource database;

  private final StressLedger ledger = new StressLedger();

  @Test
  void fiftySessionsAreNeverToldWhatCannotBe() throws Exception {
    long seed = System.nanoTime();
    var ann = fixtures.mailbox(fixtures.domain(), "ann");
    var login = "LOGIN " + ann.address() + " " + Fixtures.PASSWORD;
    try (var first = testSessions.connect()) {
      first.send(login);
      first.send("CREATE Work");
      first.send("CREATE Archive");
    }
    var sessions = new ArrayList<StressSession>();
    try {
      for (int i = 0; i < SESSIONS; i++) {
        var kind = StressSession.Kind.values()[i % StressSession.Kind.values().length];
        sessions.add(
            new StressSession(
                testSessions.connect(), login, kind, ledger, FOLDERS, new Random(seed + i)));
      }
      long steps = doAsTheyLike(sessions, ann);
      LOG.infof("seed %d: %d steps, %d messages", seed, steps, ledger.made());
      for (var session : sessions) {
        isTheDatabases(session.settled(), ann);
      }
      countsAreRight(ann);
    } finally {
      for (var session : sessions) {
        session.close();
      }
    }
  }

  private long doAsTheyLike(List<StressSession> sessions, MailboxInfo ann) throws Exception {
    long end = System.nanoTime() + LENGTH.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Long>>();
      for (var session : sessions) {
        running.add(
            threads.submit(
                () -> {
                  long steps = 0;
                  for (; System.nanoTime() < end; steps++) {
                    session.doSomething();
                  }
                  return steps;
                }));
      }
      var delivering = threads.submit(() -> deliverUntil(end, ann));
      long steps = 0;
      for (var one : running) {
        steps += one.get();
      }
      assertThat(delivering.get()).isPositive();
      return steps;
    }
  }

  private int deliverUntil(long end, MailboxInfo to) throws MessagingException {
    var session = Session.getInstance(new Properties());
    int delivered = 0;
    try (var smtp = session.getTransport("smtp")) {
      smtp.connect("127.0.0.1", testSessions.port("smtp"), null, null);
      while (System.nanoTime() < end) {
        deliver(session, smtp, to);
        delivered++;
      }
    }
    return delivered;
  }

  private void deliver(Session session, Transport smtp, MailboxInfo to) throws MessagingException {
    var text = "Subject: " + ledger.newMessage() + "\r\n\r\nA line of the text.\r\n";
    var message =
        new MimeMessage(
            session, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    smtp.sendMessage(message, InternetAddress.parse(to.address().toString()));
  }

  private void isTheDatabases(StressModel model, MailboxInfo ann) throws SQLException {
    var uids = new ArrayList<Long>();
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                """
                select m.uid, m.flags & 1, m.flags & 2, m.flags & 4, m.flags & 8,
                       exists (select * from folder_keyword k where k.folder_id = f.id
                               and k.name = '$Work' and m.flags & (1 << k.bit))
                from folder f join message m on m.folder_id = f.id
                where f.mailbox_id = ? and f.name = ? order by m.uid
                """)) {
      query.setLong(1, ann.id());
      query.setString(2, model.folder);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          long uid = row.getLong(1);
          uids.add(uid);
          assertThat(model.flags()).as(model.folder).containsKey(uid);
          var flags = model.flags().getOrDefault(uid, Set.of());
          assertThat(flags.contains("\\Seen")).as("UID %d", uid).isEqualTo(row.getLong(2) != 0);
          assertThat(flags.contains("\\Answered")).as("UID %d", uid).isEqualTo(row.getLong(3) != 0);
          assertThat(flags.contains("\\Flagged")).as("UID %d", uid).isEqualTo(row.getLong(4) != 0);
          assertThat(flags.contains("\\Deleted")).as("UID %d", uid).isEqualTo(row.getLong(5) != 0);
          assertThat(flags.contains("$Work")).as("UID %d", uid).isEqualTo(row.getBoolean(6));
          assertThat(ledger.message(model.folder, uid)).as("UID %d", uid).isNotNull();
        }
      }
    }
    assertThat(model.uids()).as(model.folder).isEqualTo(uids);
  }

  /** The counts kept in rows are those of the messages. */
  private void countsAreRight(MailboxInfo ann) throws SQLException {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                """
                select f.name, f.messages, f.octets, f.unseen, f.deleted,
                       count(m.uid), coalesce(sum(m.size), 0),
                       coalesce(sum(m.flags & 1 = 0), 0), coalesce(sum(m.flags & 8 <> 0), 0)
                from folder f left join message m on m.folder_id = f.id
                where f.mailbox_id = ? group by f.id
                """)) {
      query.setLong(1, ann.id());
      try (var row = query.executeQuery()) {
        while (row.next()) {
          for (int i = 2; i <= 5; i++) {
            assertThat(row.getLong(i)).as(row.getString(1)).isEqualTo(row.getLong(i + 4));
          }
        }
      }
    }
  }
}
