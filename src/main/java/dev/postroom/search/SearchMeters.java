package dev.postroom.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the index counts. */
@ApplicationScoped
class SearchMeters {
  private final MeterRegistry registry;
  private final Counter indexed;
  private final Counter damaged;
  private final Timer batch;

  SearchMeters(MeterRegistry registry) {
    this.registry = registry;
    this.indexed = registry.counter("postroom.search.indexed");
    this.damaged = registry.counter("postroom.search.damaged");
    this.batch = registry.timer("postroom.search.batch");
  }

  /**
   * Messages were read into the index.
   *
   * @param start when that began, by {@link System#nanoTime}
   * @return how long it took
   */
  long indexed(int messages, long start) {
    long nanoseconds = System.nanoTime() - start;
    indexed.increment(messages);
    batch.record(nanoseconds, TimeUnit.NANOSECONDS);
    return nanoseconds;
  }

  /** A part of the index was not what was written. */
  void damaged() {
    damaged.increment();
  }

  /** Folders that wait to be indexed. */
  void waiting(Collection<?> folders) {
    registry.gaugeCollectionSize("postroom.search.waiting", List.of(), folders);
  }
}
