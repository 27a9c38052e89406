package dev.postroom.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The same deliveries, SELECT and list while the store grows: from case to case there are more
 * mailboxes, then more messages, then one folder with very many. Postroom alone.
 */
final class GrowthWork implements Work {
  private static final String MAILBOX = "grow";
  private static final String OTHERS = "other";
  private static final String LARGE = "large";
  private static final String SMALL_LIST = "FETCH 1:* (FLAGS UID RFC822.SIZE ENVELOPE)";
  private static final int SMALL = 100;
  private static final int SESSIONS = 10;
  private static final int SIZE = 4096;
  private static final int EACH = 1000;
  private static final int REPEATS = 51;
  private static final double MILLI = 1e6;

  private int otherMailboxes;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public List<String> variants(Setting setting) {
    return setting.quick()
        ? List.of("mailboxes-100", "mailboxes-10000", "messages-100000", "folder-20000")
        : List.of(
            "mailboxes-100",
            "mailboxes-10000",
            "mailboxes-100000",
            "messages-100000",
            "messages-1000000",
            "folder-200000");
  }

  @Override
  public boolean worksOn(Side side) {
    return side instanceof Postroom;
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addMailboxes("seed", 1);
    side.addMailboxes("small", 1);
    var corpus = new Corpus(1);
    try (var seed = ImapClient.signedIn(side, "1seed");
        var small = ImapClient.signedIn(side, "1small")) {
      seed.append("INBOX", corpus.message(0), "+");
      for (int i = 0; i < SMALL; i++) {
        small.append("INBOX", corpus.message(i), "+");
      }
    }
    addMailboxes(side, SMALL);
    for (int i = 0; i < 3; i++) { // the first case should find a server as warm as the last
      deliver(side, setting);
      milliseconds(side, "1small", "SELECT INBOX");
      milliseconds(side, "1small", SMALL_LIST);
    }
  }

  @Override
  public void run(Run run) {
    grow(run);
    var side = run.side();
    double cpu = ProcessTree.cpuSeconds(side.processes());
    long start = System.nanoTime();
    int delivered = deliver(side, run.setting());
    run.figure("delivery_per_s", delivered / ((System.nanoTime() - start) / 1e9));
    double used = ProcessTree.cpuSeconds(side.processes()) - cpu;
    run.figure("delivery_cpu_s_per_1000", used * 1000 / delivered);
    run.figure("select_small_ms", milliseconds(side, "1small", "SELECT INBOX"));
    run.figure("list_100_ms", milliseconds(side, "1small", SMALL_LIST));
    if (run.variant().startsWith("folder")) {
      large(run, number(run));
    }
  }

  private static void large(Run run, int messages) {
    try (var client = ImapClient.signedIn(run.side(), "1" + LARGE)) {
      long start = System.nanoTime();
      client.command("SELECT INBOX");
      run.figure("select_large_first_ms", (System.nanoTime() - start) / MILLI);
      start = System.nanoTime();
      client.command(SMALL_LIST);
      double seconds = (System.nanoTime() - start) / 1e9;
      run.figure("list_large_ms_per_100", seconds * 1000 * SMALL / messages);
    }
    run.figure("select_large_ms", milliseconds(run.side(), "1" + LARGE, "SELECT INBOX"));
    var last = SMALL_LIST.replace("1:*", (messages - SMALL + 1) + ":*");
    run.figure("list_100_of_large_ms", milliseconds(run.side(), "1" + LARGE, last));
  }

  private static int number(Run run) {
    return Integer.parseInt(run.variant().replaceAll("\\D", ""));
  }

  /** Once for each case; a second round finds all of it there. */
  private void grow(Run run) {
    if (run.round() > 1) {
      return;
    }
    var side = (Postroom) run.side();
    var filler = new Filler(side.database(), "1seed");
    int number = number(run);
    if (run.variant().startsWith("mailboxes")) {
      addMailboxes(side, number);
    } else if (run.variant().startsWith("messages")) {
      int needed = number / EACH;
      side.addMailboxes(OTHERS, needed);
      filler.addFolders(OTHERS);
      filler.addMessages(OTHERS, otherMailboxes + 1, needed, EACH);
      otherMailboxes = needed;
    } else {
      side.addMailboxes(LARGE, 1);
      filler.addFolders(LARGE);
      filler.addMessages(LARGE, 1, 1, number);
    }
  }

  private static void addMailboxes(Side side, int count) {
    side.addMailboxes(MAILBOX, count);
    new Filler(((Postroom) side).database(), "1seed").addFolders(MAILBOX);
  }

  /** To a hundred mailboxes; that the last one has its mail is part of it. */
  private static int deliver(Side side, Setting setting) {
    int messages = setting.count(4000, 2000);
    new SmtpSource(side).toMany(MAILBOX, SMALL, messages, SIZE, SESSIONS, false);
    try (var last = ImapClient.signedIn(side, SMALL + MAILBOX)) {
      if (last.messages("INBOX") == 0) {
        throw new IllegalStateException("the last mailbox has got nothing");
      }
    }
    return messages;
  }

  private static double milliseconds(Side side, String localPart, String command) {
    try (var client = ImapClient.signedIn(side, localPart)) {
      client.command("SELECT INBOX");
      var times = new double[REPEATS];
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        client.command(command);
        times[i] = (System.nanoTime() - start) / MILLI;
      }
      Arrays.sort(times);
      return Summary.median(times);
    }
  }
}
