package dev.postroom.sending;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Writes down what was counted, all of it together, and reads what other processes wrote. */
@ApplicationScoped
class Saver {
  private static final Logger LOG = Logger.getLogger(Saver.class);

  private final Windows windows;
  private final SendingTable table;
  private final Clock clock;

  Saver(Windows windows, SendingTable table, Clock clock, MeterRegistry meters) {
    this.windows = windows;
    this.table = table;
    this.clock = clock;
    meters.gauge("postroom.sending.counted", windows, Windows::size);
  }

  @Scheduled(
      every = "${postroom.sending.save-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void save() {
    var rows = windows.takeUnsaved();
    if (rows.isEmpty()) {
      return;
    }
    try {
      QuarkusTransaction.requiringNew().run(() -> table.add(rows));
    } catch (RuntimeException failed) {
      LOG.warnf("what was sent is not written down yet: %s", failed.toString());
      windows.notSaved(rows);
      return;
    }
    windows.load(windows.windows(rows), clock.instant());
  }

  void stop(@Observes ShutdownEvent event) {
    save();
  }

  @Scheduled(every = "1h", delayed = "11m")
  void tidy() {
    windows.forgetIdle();
    table.forgetUntil(Window.hour(clock.instant()) - Hours.OF_DAY);
  }
}
