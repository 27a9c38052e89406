package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.audit.Audit;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.TestBlobs;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.outbound.TestOutbound;
import dev.postroom.testing.MariaDb;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import dev.postroom.trace.Trace;
import dev.postroom.trace.TraceConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;

/** A queue over a real database and real connections, without the application; its clock stands. */
final class TestQueue implements AutoCloseable {
  static final String MAIL =
      "Subject: hello\r\nMessage-ID: <1@postroom.test>\r\n\r\nHow are you?\r\n";

  private static final int DEADLOCK = 1213;

  /** A report that was handed over. */
  record Returned(MailAddress sender, String content) {}

  final TestClock clock = new TestClock();
  final Trace trace = new Trace(Settings.of(TraceConfig.class), clock, new SimpleMeterRegistry());
  final Doorbell doorbell = new Doorbell();
  final StandingOrders standing = new StandingOrders(clock, doorbell);
  final List<Returned> returned = new CopyOnWriteArrayList<>();
  final TestOutbound outbound;
  private final MariaDb database;
  private final List<String> settings;
  private final List<Dispatcher> dispatchers = new ArrayList<>();
  private final Random random = new Random();
  final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile boolean reportsFail;

  /**
   * @param nameThenValue settings in full
   */
  TestQueue(MariaDb database, Path folder, String... nameThenValue) throws IOException {
    this.database = database;
    this.settings = new ArrayList<>(List.of(nameThenValue));
    settings.addAll(
        List.of(
            "postroom.server.hostname", "mail.postroom.test",
            "postroom.server.secret", "not-a-secret-only-for-tests-0123456789abcdef"));
    this.outbound = new TestOutbound(folder, nameThenValue);
    transaction(c -> c.createStatement().executeUpdate("DELETE FROM queue_entry"));
    transaction(c -> c.createStatement().executeUpdate("DELETE FROM queue_order"));
    transaction(c -> c.createStatement().executeUpdate("DELETE FROM audit_entry"));
  }

  static void migrate(MariaDb database) {
    var all = database.settings();
    Flyway.configure()
        .dataSource(
            database.jdbcUrl(),
            all.get("quarkus.datasource.username"),
            all.get("quarkus.datasource.password"))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  <T> T transaction(Transactions.Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (var connection = connect()) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        var result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException failed) {
        if (attempt == 5 || failed.getErrorCode() != DEADLOCK) {
          throw new QueueUnavailableException("database", failed);
        }
      }
    }
  }

  private Connection connect() throws SQLException {
    var all = database.settings();
    return DriverManager.getConnection(
        database.jdbcUrl(),
        all.get("quarkus.datasource.username"),
        all.get("quarkus.datasource.password"));
  }

  private Transactions transactions() {
    return new Transactions() {
      @Override
      public <T> T run(Work<T> work) {
        return transaction(work);
      }
    };
  }

  QueueConfig config() {
    return Settings.of(QueueConfig.class, settings.toArray(String[]::new));
  }

  /** Starts a dispatcher, as a process of its own would have it. */
  /** What was said of deliveries that ended. */
  final java.util.Queue<DeliveryEnded> ended = new java.util.concurrent.ConcurrentLinkedQueue<>();

  Dispatcher start() {
    var dispatcher = dispatcher();
    dispatcher.start();
    return dispatcher;
  }

  /** One that is not started yet. */
  Dispatcher dispatcher() {
    var dispatcher =
        new Dispatcher(
            config(),
            transactions(),
            _ -> Optional.empty(),
            outbound.delivery,
            outbound.sites,
            reports(),
            (account, destination, words) -> refused.add(destination + " " + words),
            new Endings(ended::add),
            doorbell,
            standing,
            trace,
            clock,
            random,
            new SimpleMeterRegistry());
    dispatchers.add(dispatcher);
    return dispatcher;
  }

  Reports reports() {
    return new Reports(
        outbound.blobs,
        this::takeBack,
        template(),
        config(),
        Settings.of(ServerConfig.class, settings.toArray(String[]::new)),
        clock,
        random);
  }

  private void takeBack(TraceId trace, MailAddress sender, BlobId report, long size) {
    if (reportsFail) {
      throw new IllegalStateException("as the test wants it, for " + trace);
    }
    assertThat(content(report)).hasSize((int) size);
    returned.add(new Returned(sender, content(report)));
  }

  void failReports(boolean yes) {
    reportsFail = yes;
  }

  private static Template template() {
    try {
      return Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .build()
          .parse(Files.readString(Path.of("templates/mail/report.txt")));
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private String content(BlobId id) {
    try (var blob = outbound.blobs.open(id);
        var octets = blob.read()) {
      return new String(octets.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  Outgoing message(String from, String to, String content) throws IOException {
    return new Outgoing(
        TraceId.next(clock, random),
        ReversePath.parse(from),
        MailAddress.parse(to),
        TestBlobs.keep(outbound.blobs, content),
        content.length(),
        "",
        false,
        null,
        MailOptions.NONE,
        RecipientOptions.NONE);
  }

  /** The same message, of which more is asked. */
  static Outgoing asked(Outgoing message, MailOptions mail, RecipientOptions recipient) {
    return new Outgoing(
        message.trace(),
        message.reversePath(),
        message.recipient(),
        message.content(),
        message.size(),
        message.extraHeader(),
        message.eightBit(),
        message.accountId(),
        mail,
        recipient);
  }

  /** The same message for somebody else. */
  static Outgoing copyFor(Outgoing message, String recipient) {
    return new Outgoing(
        message.trace(),
        message.reversePath(),
        MailAddress.parse(recipient),
        message.content(),
        message.size(),
        message.extraHeader(),
        message.eightBit(),
        message.accountId(),
        message.options(),
        message.recipientOptions());
  }

  /** What one may do with the entries of a dispatcher. */
  QueueActions actions(Dispatcher dispatcher) {
    return new QueueActions(
        transactions(),
        dispatcher,
        new DropReports(reports()),
        new Audit(clock),
        trace,
        config(),
        clock);
  }

  /** Orders that name no account. */
  @SuppressWarnings("NullAway")
  QueueOrders orders(Dispatcher dispatcher) {
    return new QueueOrders(
        transactions(), standing, actions(dispatcher), null, new Audit(clock), trace, clock);
  }

  /** The same message, of somebody. */
  static Outgoing of(long account, Outgoing message) {
    return new Outgoing(
        message.trace(),
        message.reversePath(),
        message.recipient(),
        message.content(),
        message.size(),
        message.extraHeader(),
        message.eightBit(),
        account,
        message.options(),
        message.recipientOptions());
  }

  /** Queues a message to each of them. */
  void queue(String... recipients) throws IOException {
    var messages = new ArrayList<Outgoing>();
    for (var recipient : recipients) {
      messages.add(message("ann@postroom.test", recipient, MAIL));
    }
    queue(messages);
  }

  void queue(List<Outgoing> messages) {
    insert(messages);
    messages.forEach(m -> doorbell.ring(Set.of(m.turn(0))));
  }

  void insert(List<Outgoing> messages) {
    transaction(
        connection -> {
          var now = clock.instant();
          QueueTable.insert(connection, messages, now, config());
          return messages.size();
        });
  }

  /** Claims what is due for the destination, as another process would. */
  List<Entry> claim(String claimant, String destination, int room) {
    var now = clock.instant();
    var until = now.plus(config().lease());
    var serving = new Serving(Map.of(), room, Turn.NOBODY);
    return transaction(
        c ->
            new Claims(claimant)
                .take(c, now, until, serving.helpings(Claims.turns(c, now, destination))));
  }

  static String[] recipients(int count, String domain) {
    return IntStream.range(0, count).mapToObj(i -> "r" + i + "@" + domain).toArray(String[]::new);
  }

  void forward(Duration by) {
    clock.forward(by);
    doorbell.ringEverywhere();
  }

  long length() {
    return number("SELECT COUNT(*) FROM queue_entry");
  }

  long claimed() {
    return number("SELECT COUNT(*) FROM queue_entry WHERE claimed_by IS NOT NULL");
  }

  /** How many entries were tried so often and wait, unclaimed. */
  long waitingAfter(int attempts) {
    return number(
        "SELECT COUNT(*) FROM queue_entry WHERE claimed_by IS NULL AND attempts = " + attempts);
  }

  Instant due() {
    return Instant.ofEpochMilli(number("SELECT MIN(due_at) FROM queue_entry"));
  }

  String status() {
    return transaction(
        connection -> {
          var row =
              connection.createStatement().executeQuery("SELECT last_status FROM queue_entry");
          return row.next() ? row.getString(1) : "";
        });
  }

  long number(String query) {
    return transaction(
        connection -> {
          var row = connection.createStatement().executeQuery(query);
          row.next();
          return row.getLong(1);
        });
  }

  @Override
  public void close() throws Exception {
    for (var dispatcher : dispatchers) {
      dispatcher.stop();
    }
    outbound.close();
  }
}
