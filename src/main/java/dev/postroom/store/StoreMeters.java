package dev.postroom.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/** What the store counts. Work that is rolled back is not counted. */
@ApplicationScoped
class StoreMeters {
  private final Transactions transactions;
  private final Counter delivered;
  private final Counter overQuota;
  private final Counter appended;
  private final Counter copied;
  private final Counter expunged;
  private final Counter cleared;
  private final Timer delivery;

  @Inject
  StoreMeters(MeterRegistry registry, Transactions transactions) {
    this.transactions = transactions;
    this.delivered = registry.counter("postroom.store.delivered");
    this.overQuota = registry.counter("postroom.store.over.quota");
    this.appended = registry.counter("postroom.store.appended");
    this.copied = registry.counter("postroom.store.copied");
    this.expunged = registry.counter("postroom.store.expunged");
    this.cleared = registry.counter("postroom.store.cleared");
    this.delivery = registry.timer("postroom.store.delivery");
  }

  /** Times a delivery of one message, however many mailboxes it goes to. */
  <T> T timed(Supplier<T> work) {
    return delivery.record(work);
  }

  /** Messages put into inboxes. */
  void delivered(long count) {
    onCommit(delivered, count);
  }

  /** Mailboxes that were too full for a message. */
  void overQuota(long count) {
    onCommit(overQuota, count);
  }

  void appended(long count) {
    onCommit(appended, count);
  }

  /** Copied or moved. */
  void copied(long count) {
    onCommit(copied, count);
  }

  void expunged(long count) {
    onCommit(expunged, count);
  }

  /** Contents that no message had any more. */
  void cleared(long count) {
    onCommit(cleared, count);
  }

  private void onCommit(Counter counter, long count) {
    if (count > 0) {
      transactions.onCommit(() -> counter.increment(count));
    }
  }
}
