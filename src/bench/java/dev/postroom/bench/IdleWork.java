package dev.postroom.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * IDLE: how long after SMTP's 250 a client hears EXISTS, and what thousands of clients that wait
 * cost in memory.
 */
final class IdleWork implements Work {
  private static final int PATIENCE_SECONDS = 60;
  private static final double MILLI = 1e6;
  private static final double KIB_PER_MIB = 1024;
  private static final int CONNECTIONS = 5000;
  private static final int MAILBOXES = 50;
  private static final int LOGINS_AT_ONCE = 20;
  private static final int SMALL_BUFFER = 256;
  private static final int SETTLE_MILLIS = 3000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of("delay", "memory");
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addMailboxes("idle", MAILBOXES);
    if (side instanceof Peer peer) {
      peer.makeLoginsCheap("idle");
    }
  }

  @Override
  public void run(Run run) {
    if (run.variant().equals("delay")) {
      delay(run);
    } else {
      memory(run);
    }
  }

  private static void delay(Run run) {
    int warmUps = run.setting().count(200, 100);
    int count = run.side() instanceof Peer ? run.setting().count(30, 20) : 200;
    int first = run.side() instanceof Peer ? 2 : warmUps;
    try (var idler = ImapClient.signedIn(run.side(), "1idle");
        var sender = new SmtpClient(run.side().smtp())) {
      idler.command("SELECT INBOX");
      idler.send("IDLE");
      idler.line();
      BlockingQueue<Long> heard = new ArrayBlockingQueue<>(count + first);
      Thread.ofPlatform().daemon().start(() -> listen(idler, heard));
      var message = new String(new Corpus(1).message(1), StandardCharsets.US_ASCII);
      var delays = new double[count];
      for (int i = -first; i < count; i++) {
        long accepted = sender.send("1idle@" + Side.DOMAIN, message);
        Long moment = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (moment == null) {
          throw new IllegalStateException("no EXISTS within a minute");
        }
        if (i >= 0) {
          delays[i] = Math.max(0, moment - accepted) / MILLI;
        }
      }
      Arrays.sort(delays);
      run.figure("median_ms", Summary.median(delays));
      run.figure("p99_ms", Summary.percentile(delays, 99));
      run.figure("messages", count);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void listen(ImapClient idler, BlockingQueue<Long> heard) {
    try {
      while (true) {
        if (idler.line().endsWith(" EXISTS")) {
          heard.add(System.nanoTime());
        }
      }
    } catch (RuntimeException _) {
      // closed: the measurement is over
    }
  }

  /** The difference in proportional set size, on a server that has just been started. */
  private static void memory(Run run) {
    var side = run.side();
    side.restart();
    var clients = new ImapClient[CONNECTIONS];
    var warm = new ImapClient[MAILBOXES];
    open(side, warm);
    double before = settled(side);
    try {
      open(side, clients);
      double after = settled(side);
      run.figure("connections", clients.length);
      run.figure("kib_each", (after - before) * KIB_PER_MIB / clients.length);
      if (side instanceof Postroom postroom) {
        postroom.collectGarbage();
        run.figure("heap_kib_each", heapKib(postroom, clients) / clients.length);
      }
    } finally {
      close(clients);
      close(warm);
    }
  }

  private static double settled(Side side) {
    if (side instanceof Postroom postroom) {
      postroom.collectGarbage();
    }
    Commands.pause(SETTLE_MILLIS);
    return ProcessTree.memoryMib(side.processes());
  }

  /** What a full collection leaves, with the clients and without them. */
  private static double heapKib(Postroom postroom, ImapClient[] clients) {
    double with = postroom.heapKib();
    close(clients);
    Commands.pause(SETTLE_MILLIS);
    postroom.collectGarbage();
    return with - postroom.heapKib();
  }

  private static void open(Side side, ImapClient[] clients) {
    Together.run(
        LOGINS_AT_ONCE,
        number -> {
          for (int i = number; i < clients.length; i += LOGINS_AT_ONCE) {
            var client = new ImapClient(side.imap(), SMALL_BUFFER);
            client.login((i % MAILBOXES + 1) + "idle");
            client.command("SELECT INBOX");
            client.send("IDLE");
            client.line();
            clients[i] = client;
          }
        });
  }

  private static void close(ImapClient[] clients) {
    for (var client : clients) {
      if (client != null) {
        client.close();
      }
    }
  }
}
