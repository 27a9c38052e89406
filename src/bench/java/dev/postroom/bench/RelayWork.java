package dev.postroom.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mail for a forwarder here whose target is elsewhere, until smtp-sink has taken all of it. Both
 * sides find the next hop in a fixed route. A case reads {@code <KiB>k-<sessions>}.
 */
final class RelayWork implements Work {
  private static final int KIB = 1024;
  private static final int WARM_UP = 1000;
  private static final String FORWARDER = "onward";

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of("4k-10", "4k-50");
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addForwarder(FORWARDER, "somebody@outside.test");
    try (var sink = new SmtpSink(setting)) {
      // the sink counts on: each part waits for all so far
      var parts = new AtomicInteger();
      Together.forSeconds(
          setting.count(8, 4),
          () -> {
            send(side, WARM_UP, 10);
            sink.awaitMessages(parts.incrementAndGet() * WARM_UP);
          });
    }
  }

  @Override
  public void run(Run run) {
    int sessions = Integer.parseInt(run.variant().substring("4k-".length()));
    try (var sink = new SmtpSink(run.setting())) {
      run.timed(() -> relay(run.side(), sink, run.setting().count(3000, 1000), sessions));
    }
  }

  private static void send(Side side, int messages, int sessions) {
    new SmtpSource(side).toOne(FORWARDER + "@" + Side.DOMAIN, messages, 4 * KIB, sessions);
  }

  private static int relay(Side side, SmtpSink sink, int messages, int sessions) {
    send(side, messages, sessions);
    sink.awaitMessages(messages);
    return messages;
  }
}
