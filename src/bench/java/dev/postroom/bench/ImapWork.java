package dev.postroom.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * What mail clients ask of a folder of 10,000 messages of 4 KiB. Cold: server and database have
 * just been started and, where root may, the page cache was dropped; {@code list-first} is cold,
 * too, and nobody has ever listed the folder. Warm: the median of several, after several others.
 */
final class ImapWork implements Work {
  private static final String LIST = "FETCH 1:* (FLAGS UID RFC822.SIZE ENVELOPE)";
  private static final String BODIES = "UID FETCH 1:* BODY.PEEK[]";
  private static final String SEARCH_SOME = "SEARCH TEXT " + Corpus.RARE_WORD;
  private static final int REPEATS = 5;
  private static final long WARM_UP_NANOS = 2_000_000_000;
  private static final int MIXED_CLIENTS = 50;
  private static final int MIXED_MAILBOXES = 10;
  private static final int MIXED_MESSAGES = 400;
  private static final String INBOX = "INBOX";

  @Override
  public String name() {
    return "imap";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of(
        "fill-10",
        "append-1",
        "append-10",
        "mixed-50",
        "store-each",
        "store-all",
        "copy",
        "list-first",
        "list-cold",
        "bodies-cold",
        "search-text-cold",
        "list-warm",
        "bodies-warm",
        "search-text-warm",
        "search-none-warm",
        "search-from-warm");
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addMailboxes("big", 1);
  }

  @Override
  public void run(Run run) {
    switch (run.variant()) {
      case "fill-10" -> fill(run);
      case "append-1" -> append(run, 1, run.setting().count(1000, 300));
      case "append-10" -> append(run, 10, run.setting().count(4000, 1000));
      case "mixed-50" -> mixed(run);
      case "store-each" -> storeEach(run);
      case "store-all" -> storeAll(run);
      case "copy" -> copy(run);
      case "list-first", "list-cold" -> cold(run, copied(run), LIST);
      case "bodies-cold" -> cold(run, INBOX, BODIES);
      case "search-text-cold" -> cold(run, INBOX, SEARCH_SOME);
      case "list-warm" -> warm(run, _ -> LIST);
      case "bodies-warm" -> warm(run, _ -> BODIES);
      case "search-text-warm" -> warm(run, ImapWork::rare);
      case "search-none-warm" -> warm(run, i -> "SEARCH TEXT " + Corpus.ABSENT_WORD + i);
      case "search-from-warm" -> warm(run, i -> "SEARCH FROM sender" + i % Corpus.SENDERS + "@");
      default -> throw new IllegalArgumentException(run.variant());
    }
  }

  /** In the first round only: the others find it filled. */
  private static void fill(Run run) {
    run.timed(() -> BigMailbox.ensure(run.side()) ? BigMailbox.MESSAGES : 0);
  }

  /** A folder that nobody has listed, for each round. */
  private static String copied(Run run) {
    return "Copy" + run.round();
  }

  private static void copy(Run run) {
    try (var client = selected(run, INBOX)) {
      client.command("CREATE " + copied(run));
      run.timed(BigMailbox.MESSAGES, () -> client.command("COPY 1:* " + copied(run)));
    }
  }

  private static void cold(Run run, String folder, String command) {
    run.side().stop();
    PageCache.drop();
    run.side().start();
    try (var client = selected(run, folder)) {
      run.timed(BigMailbox.MESSAGES, () -> client.command(command));
    }
  }

  /** Each of several that find the same: who asks the same again might be told from memory. */
  private static String rare(int number) {
    int cut = number % 4;
    return "SEARCH TEXT "
        + Corpus.RARE_WORD.substring(cut / 2, Corpus.RARE_WORD.length() - cut % 2);
  }

  private static void warm(Run run, IntFunction<String> command) {
    try (var client = selected(run, INBOX)) {
      long end = System.nanoTime() + WARM_UP_NANOS;
      var number = new AtomicInteger();
      while (number.get() < REPEATS || System.nanoTime() < end) {
        client.command(command.apply(number.getAndIncrement()));
      }
      run.median(
          BigMailbox.MESSAGES,
          REPEATS,
          () -> client.command(command.apply(number.getAndIncrement())));
    }
  }

  private static ImapClient selected(Run run, String folder) {
    BigMailbox.ensure(run.side());
    var client = ImapClient.signedIn(run.side(), BigMailbox.NAME);
    client.command("SELECT " + folder);
    return client;
  }

  private static void storeEach(Run run) {
    int count = run.setting().count(2000, 500);
    try (var client = selected(run, INBOX)) {
      flagEach(client, count, "\\Draft");
      run.timed(count, () -> flagEach(client, count, "\\Flagged"));
      client.command("STORE 1:* -FLAGS.SILENT (\\Flagged \\Draft)");
    }
  }

  private static void flagEach(ImapClient client, int count, String flag) {
    for (int i = 1; i <= count; i++) {
      client.command("STORE " + i + " +FLAGS (" + flag + ")");
    }
  }

  private static void storeAll(Run run) {
    try (var client = selected(run, INBOX)) {
      client.command("STORE 1:* +FLAGS (\\Answered)");
      client.command("STORE 1:* -FLAGS (\\Answered)");
      run.timed(
          2 * BigMailbox.MESSAGES,
          () -> {
            client.command("STORE 1:* +FLAGS (\\Answered)");
            client.command("STORE 1:* -FLAGS (\\Answered)");
          });
    }
  }

  /** Each connection to a mailbox of its own. */
  private static void append(Run run, int connections, int messages) {
    run.side().addMailboxes("append", connections);
    var corpus = new Corpus(run.round());
    var some = new byte[100][];
    Arrays.setAll(some, corpus::message);
    var clients = new ImapClient[connections];
    Arrays.setAll(clients, i -> ImapClient.signedIn(run.side(), (i + 1) + "append"));
    appendAll(clients, some, messages / 2);
    run.timed(messages, () -> appendAll(clients, some, messages));
    for (var client : clients) {
      client.close();
    }
  }

  private static void appendAll(ImapClient[] clients, byte[][] some, int messages) {
    Together.run(
        clients.length,
        number -> {
          for (int i = number; i < messages; i += clients.length) {
            clients[number].append(INBOX, some[i % some.length], "+");
          }
        });
  }

  /** Clients that look, read, mark, search and file, each with its own dice. */
  private static void mixed(Run run) {
    run.side().addMailboxes("mixed", MIXED_MAILBOXES);
    var clients = new ImapClient[MIXED_CLIENTS];
    Arrays.setAll(
        clients, i -> ImapClient.signedIn(run.side(), (i % MIXED_MAILBOXES + 1) + "mixed"));
    if (clients[0].messages(INBOX) == 0) {
      Together.run(
          MIXED_MAILBOXES, i -> BigMailbox.fill(run.side(), (i + 1) + "mixed", MIXED_MESSAGES, 1));
    }
    for (var client : clients) {
      client.command("SELECT " + INBOX);
    }
    int each = run.setting().count(60, 20);
    mixed(clients, each, run.round());
    run.timed(each * MIXED_CLIENTS, () -> mixed(clients, each, -run.round()));
    for (var client : clients) {
      client.close();
    }
  }

  private static void mixed(ImapClient[] clients, int each, int seed) {
    var filed = new Corpus(seed).message(1);
    Together.run(
        MIXED_CLIENTS,
        number -> {
          var dice = new Random(number + 100L * seed);
          for (int i = 0; i < each; i++) {
            something(clients[number], dice, filed);
          }
        });
  }

  private static void something(ImapClient client, Random dice, byte[] filed) {
    int message = 1 + dice.nextInt(MIXED_MESSAGES);
    int kind = dice.nextInt(100);
    if (kind < 30) {
      client.command("NOOP");
    } else if (kind < 45) {
      int first = Math.max(1, message - 49);
      client.command("FETCH " + first + ":" + message + " (FLAGS UID RFC822.SIZE ENVELOPE)");
    } else if (kind < 70) {
      client.command("FETCH " + message + " BODY.PEEK[]");
    } else if (kind < 85) {
      client.command("STORE " + message + " +FLAGS (\\Seen)");
    } else if (kind < 90) {
      client.command("SEARCH UNSEEN");
    } else if (kind < 95) {
      client.command("STATUS INBOX (MESSAGES UNSEEN)");
    } else {
      client.append(INBOX, filed, "+");
    }
  }
}
