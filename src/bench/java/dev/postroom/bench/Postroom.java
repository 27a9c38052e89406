package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Postroom from the build that users get, with the flags of deploy/demo. */
final class Postroom implements Side {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Setting setting;
  private final Path folder;
  private final Database database;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Process process;
  private double startSeconds;

  Postroom(Setting setting) {
    this.setting = setting;
    this.folder = setting.data().resolve("postroom");
    this.database = new Database(folder, "postroom", setting.base() + 306, Setting.SECRET);
  }

  @Override
  public String name() {
    return "postroom";
  }

  @Override
  public int smtp() {
    return setting.base() + 25;
  }

  @Override
  public int imap() {
    return setting.base() + 143;
  }

  @Override
  public int pop3() {
    return setting.base() + 110;
  }

  int http() {
    return setting.base() + 80;
  }

  String token() {
    return "pr_" + Setting.SECRET;
  }

  Database database() {
    return database;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database.start();
    configure();
    startServer();
    if (api("GET", "/domains/" + DOMAIN, "") == 404) {
      require(api("POST", "/domains", "{\"name\": \"" + DOMAIN + "\"}"));
    }
  }

  private void configure() {
    new Template(
            setting.conf(),
            Map.ofEntries(
                Map.entry("database", "" + (setting.base() + 306)),
                Map.entry("password", Setting.SECRET),
                Map.entry("http", "" + http()),
                Map.entry("folder", folder.toString()),
                Map.entry("dns", "" + (setting.base() + 53)),
                Map.entry("sink", "" + setting.sink()),
                Map.entry("smtp", "" + smtp()),
                Map.entry("imap", "" + imap()),
                Map.entry("pop3", "" + pop3())))
        .write("postroom.properties", folder.resolve("postroom.properties"));
  }

  private void startServer() {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(setting.javaFlags());
    command.add("-Dquarkus.config.locations=" + folder.resolve("postroom.properties"));
    setting.postroomSettings().forEach(it -> command.add("-D" + it));
    command.add("-jar");
    command.add(setting.root().resolve("target/quarkus-app/quarkus-run.jar").toString());
    long started = System.nanoTime();
    process = Commands.start(folder.resolve("console.log"), command);
    Commands.await(
        "Postroom's ports open; see " + folder.resolve("postroom.log"),
        PATIENCE,
        () -> List.of(smtp(), imap(), pop3(), http()).stream().allMatch(Ports::isOpen));
    startSeconds = (System.nanoTime() - started) / 1e9;
    Commands.await("Postroom is ready", PATIENCE, () -> isReady());
  }

  private boolean isReady() {
    return ask("GET", "/q/health/ready", "") == 200;
  }

  @Override
  public double startSeconds() {
    return startSeconds;
  }

  int api(String method, String path, String body) {
    return ask(method, "/api/v1" + path, body);
  }

  private int ask(String method, String path, String body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http() + path))
              .header("Authorization", "Bearer " + token())
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(int status) {
    if (status / 100 != 2) {
      throw new IllegalStateException("the API answered " + status);
    }
  }

  @Override
  public void stop() {
    if (process != null) {
      Commands.end(process, Duration.ofSeconds(30));
      process = null;
    }
    database.stop();
  }

  @Override
  public List<Long> servers() {
    return process == null ? List.of() : List.of(process.pid());
  }

  @Override
  public long databasePid() {
    return database.pid();
  }

  private long serverPid() {
    return servers().getFirst();
  }

  /** Writes a small file into its folder. */
  Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void collectGarbage() {
    Commands.run(tool("jcmd"), "" + serverPid(), "GC.run");
  }

  /** How much of the heap is in use. */
  double heapKib() {
    return Commands.run(tool("jcmd"), "" + serverPid(), "GC.heap_info")
        .lines()
        .filter(line -> line.contains("heap") || line.contains("generation"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")))
        .sum();
  }

  private static String tool(String name) {
    return System.getProperty("java.home") + "/bin/" + name;
  }

  @Override
  public void addMailboxes(String name, int count) {
    addMailboxes(DOMAIN, name, count);
  }

  /** Written to the database directly: hashing every password anew would take too long. */
  void addMailboxes(String domain, String name, int count) {
    database.execute(
        """
        insert ignore into mailbox (domain_id, local_part, display_name, quota_octets,
            login_suspended, sending_suspended, receiving_suspended, suspension_reason, created_at)
          select d.id, concat(s.seq, '%1$s'), 'Bench', 1099511627776, 0, 0, 0, '', utc_timestamp(6)
          from seq_1_to_%2$d s join domain d on d.name = '%3$s';
        insert ignore into mailbox_credential (mailbox_id, hash, changed_at)
          select m.id, '%4$s', utc_timestamp(6)
          from mailbox m join domain d on d.id = m.domain_id where d.name = '%3$s'
        """
            .formatted(name, count, domain, PASSWORD_HASH));
  }

  @Override
  public void addForwarder(String localPart, String target) {
    require(
        api(
            "PUT",
            "/domains/" + DOMAIN + "/forwarders/" + localPart,
            "{\"targets\": [\"" + target + "\"], \"vouched\": true}"));
  }

  @Override
  public List<String> troubles() {
    // the bench runs without TLS
    return Logs.matching(
        folder, "postroom\\.log.*", "^(?!.*PemCertificates).*\"level\":\"(WARN|ERROR|FATAL)\"");
  }

  @Override
  public String durability() {
    return "bytes synced before the index commits; innodb_flush_log_at_trx_commit = "
        + database.value("select @@innodb_flush_log_at_trx_commit");
  }

  @Override
  public String version() {
    return "Postroom, Java " + System.getProperty("java.version");
  }
}
