package dev.postroom.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** One message of 4 KiB to 1,000 mailboxes here, until all of them can read it. */
final class FanOutWork implements Work {
  private static final int RECIPIENTS = 1000;
  private static final int SIZE = 4096;
  private static final String MAILBOX = "fan";

  private final Map<Side, Inboxes> inboxes = new HashMap<>();

  @Override
  public String name() {
    return "fan-out";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of("1-message");
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addMailboxes(MAILBOX, RECIPIENTS);
    if (side instanceof Peer peer) {
      peer.makeLoginsCheap(MAILBOX);
    }
    inboxes.put(
        side,
        new Inboxes(
            side, IntStream.rangeClosed(1, RECIPIENTS).mapToObj(i -> i + MAILBOX).toList()));
    deliver(side);
  }

  @Override
  public void run(Run run) {
    run.timed(RECIPIENTS, () -> deliver(run.side()));
  }

  private void deliver(Side side) {
    var watched = Objects.requireNonNull(inboxes.get(side));
    watched.look();
    new SmtpSource(side).oneToMany(MAILBOX, RECIPIENTS, 1, SIZE);
    watched.awaitMore(RECIPIENTS, 1);
  }

  @Override
  public void finish(Side side) {
    Objects.requireNonNull(inboxes.remove(side)).close();
  }
}
