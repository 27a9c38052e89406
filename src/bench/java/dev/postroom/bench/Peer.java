package dev.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Postfix and Dovecot from Debian's packages, with configuration, queue and mail of their own:
 * those of the machine are not touched.
 */
final class Peer implements Side {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Setting setting;
  private final Path folder;
  private final Database database;
  private @Nullable Process postfix;
  private @Nullable Process dovecot;
  private double startSeconds;

  Peer(Setting setting) {
    this.setting = setting;
    this.folder = setting.data().resolve("peer");
    this.database = new Database(folder, "peer", setting.base() + 506, Setting.SECRET);
  }

  @Override
  public String name() {
    return "peer";
  }

  @Override
  public int smtp() {
    return setting.base() + 225;
  }

  @Override
  public int imap() {
    return setting.base() + 243;
  }

  @Override
  public int pop3() {
    return setting.base() + 210;
  }

  @Override
  public void start() {
    try {
      for (var name : List.of("postfix", "spool", "data", "mail", "dovecot", "dovecot-state")) {
        Files.createDirectories(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Commands.run("chown", "postfix", folder.resolve("data").toString());
    Commands.run("chown", "mail:mail", folder.resolve("mail").toString());
    database.start();
    database.execute(
        """
        create table if not exists domain (name varchar(253) primary key);
        create table if not exists mailbox (address varchar(320) primary key,
          password varchar(255) not null);
        create table if not exists alias (address varchar(320) primary key,
          target varchar(320) not null);
        insert ignore into domain values ('%s')
        """
            .formatted(DOMAIN));
    configure();
    long started = System.nanoTime();
    dovecot =
        Commands.start(
            folder.resolve("console.log"),
            List.of("dovecot", "-F", "-c", folder.resolve("dovecot.conf").toString()));
    postfix =
        Commands.start(
            folder.resolve("console.log"),
            List.of("postfix", "-c", folder.resolve("postfix").toString(), "start-fg"));
    Commands.await(
        "Postfix's and Dovecot's ports open; see " + folder,
        PATIENCE,
        () -> List.of(smtp(), imap(), pop3()).stream().allMatch(Ports::isOpen));
    startSeconds = (System.nanoTime() - started) / 1e9;
  }

  private void configure() {
    var values = new HashMap<String, String>();
    values.put("folder", folder.toString());
    values.put("database", "" + (setting.base() + 506));
    values.put("password", Setting.SECRET);
    values.put("smtp", "" + smtp());
    values.put("imap", "" + imap());
    values.put("pop3", "" + pop3());
    values.put("sink", "" + setting.sink());
    values.put("uid", Commands.run("id", "-u", "mail").strip());
    values.put("gid", Commands.run("id", "-g", "mail").strip());
    var template = new Template(setting.conf(), values);
    template.write("postfix-main.cf", folder.resolve("postfix/main.cf"));
    template.write("postfix-master.cf", folder.resolve("postfix/master.cf"));
    template.write("dovecot.conf", folder.resolve("dovecot.conf"));
    template.write("dovecot-sql.conf", folder.resolve("dovecot-sql.conf"));
    var queries =
        Map.of(
            "domains", "SELECT name FROM domain WHERE name = '%s'",
            "mailboxes", "SELECT address FROM mailbox WHERE address = '%s'",
            "aliases", "SELECT target FROM alias WHERE address = '%s'");
    queries.forEach(
        (name, query) -> {
          values.put("query", query);
          template.write("postfix-map.cf", folder.resolve("postfix/" + name + ".cf"));
        });
  }

  @Override
  public void stop() {
    if (postfix != null) {
      // the launcher waits for the master: end that, and everything goes
      postfix.children().forEach(ProcessHandle::destroy);
      Commands.end(postfix, PATIENCE);
      postfix = null;
    }
    if (dovecot != null) {
      Commands.end(dovecot, PATIENCE);
      dovecot = null;
    }
    database.stop();
  }

  @Override
  public List<Long> servers() {
    return postfix == null || dovecot == null ? List.of() : List.of(postfix.pid(), dovecot.pid());
  }

  @Override
  public long databasePid() {
    return database.pid();
  }

  @Override
  public double startSeconds() {
    return startSeconds;
  }

  @Override
  public void addMailboxes(String name, int count) {
    database.execute(
        "insert ignore into mailbox select concat(seq, '%s@%s'), '{ARGON2ID}%s' from seq_1_to_%d"
            .formatted(name, DOMAIN, PASSWORD_HASH, count));
  }

  /** With a password that costs nothing to check, where thousands of logins only prepare. */
  void makeLoginsCheap(String name) {
    database.execute(
        "update mailbox set password = '{PLAIN}%s' where address like '%%%s@%s'"
            .formatted(PASSWORD, name, DOMAIN));
  }

  @Override
  public void addForwarder(String localPart, String target) {
    database.execute(
        "replace into alias values ('%s@%s', '%s')".formatted(localPart, DOMAIN, target));
  }

  @Override
  public List<String> troubles() {
    return Logs.matching(
        folder,
        "(postfix|dovecot)\\.log",
        "^(?!.*Killed with signal).*( (warning|error|fatal|panic): |: (Warning|Error|Fatal): )");
  }

  @Override
  public String durability() {
    return "Dovecot "
        + Commands.run("doveconf", "-c", folder.resolve("dovecot.conf").toString(), "mail_fsync")
            .strip()
        + "; Postfix syncs its queue files; innodb_flush_log_at_trx_commit = "
        + database.value("select @@innodb_flush_log_at_trx_commit");
  }

  @Override
  public String version() {
    return "Postfix "
        + Commands.run("postconf", "-h", "mail_version").strip()
        + ", Dovecot "
        + Commands.run("dovecot", "--version").strip().split(" ")[0];
  }
}
