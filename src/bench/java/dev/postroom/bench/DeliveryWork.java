package dev.postroom.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Inbound delivery into 100 mailboxes, or into one, until every message is readable over IMAP. A
 * case reads {@code <KiB>k-<sessions>}, with {@code -keep} where connections are used again.
 */
final class DeliveryWork implements Work {
  private static final String MAILBOX = "box";
  private static final int MAILBOXES = 100;
  private static final int KIB = 1024;
  private static final int WARM_UP = 1000;

  private final Map<Side, Inboxes> inboxes = new HashMap<>();
  private final Map<Side, Inboxes> single = new HashMap<>();

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of(
        "4k-1", "4k-10", "4k-50", "4k-10-keep", "64k-1", "64k-10", "64k-50", "4k-10-one-mailbox");
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addMailboxes(MAILBOX, MAILBOXES);
    side.addMailboxes("single", 1);
    inboxes.put(
        side,
        new Inboxes(side, IntStream.rangeClosed(1, MAILBOXES).mapToObj(i -> i + MAILBOX).toList()));
    single.put(side, new Inboxes(side, List.of("1single")));
    // both have been running for a while when they are measured
    var warm = new Case(4 * KIB, 10, false, false);
    Together.forSeconds(setting.count(15, 8), () -> deliver(side, warm, WARM_UP));
  }

  private record Case(int size, int sessions, boolean keep, boolean single) {
    static Case of(String variant) {
      var part = variant.split("-");
      return new Case(
          Integer.parseInt(part[0].replace("k", "")) * KIB,
          Integer.parseInt(part[1]),
          variant.endsWith("keep"),
          variant.endsWith("one-mailbox"));
    }
  }

  @Override
  public void run(Run run) {
    var wanted = Case.of(run.variant());
    boolean few = wanted.sessions == 1 || wanted.size > 4 * KIB;
    int messages = few ? run.setting().count(1000, 500) : run.setting().count(3000, 1000);
    run.timed(() -> deliver(run.side(), wanted, messages));
  }

  private int deliver(Side side, Case wanted, int messages) {
    var watched = Objects.requireNonNull((wanted.single ? single : inboxes).get(side));
    watched.look();
    var load = new SmtpSource(side);
    if (wanted.single) {
      load.toOne("1single@" + Side.DOMAIN, messages, wanted.size, wanted.sessions);
      watched.awaitMore(1, messages);
      return messages;
    }
    // every session goes round the same mailboxes: as many of them as make whole rounds
    int mailboxes = Math.min(MAILBOXES, messages / wanted.sessions);
    int each = messages / mailboxes;
    load.toMany(MAILBOX, mailboxes, mailboxes * each, wanted.size, wanted.sessions, wanted.keep);
    watched.awaitMore(mailboxes, each / wanted.sessions * wanted.sessions);
    return mailboxes * (each / wanted.sessions) * wanted.sessions;
  }

  @Override
  public void finish(Side side) {
    Objects.requireNonNull(inboxes.remove(side)).close();
    Objects.requireNonNull(single.remove(side)).close();
  }
}
