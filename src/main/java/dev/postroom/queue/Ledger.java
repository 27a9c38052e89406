package dev.postroom.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Writes down how attempts ended. Those of many workers that end at the same time share one
 * transaction.
 *
 * <p>Threads: workers. Whoever gets the lock writes for all who wait for it. While the database is
 * away everybody waits here, so nothing is sent whose end could not be written down.
 */
final class Ledger {
  private static final Logger LOG = Logger.getLogger(Ledger.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MAX_STATUS = 1000;

  /** An entry that is tried again. */
  record Later(long id, Instant due, String status) {}

  private static final class Page {
    final List<Long> delivered;
    final List<Later> later;
    volatile boolean written;

    Page(List<Long> delivered, List<Later> later) {
      this.delivered = delivered;
      this.later = later;
    }
  }

  private final Transactions transactions;
  private final String claimant;
  private final BooleanSupplier stopping;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedQueue<Page> waiting = new ConcurrentLinkedQueue<>();

  Ledger(Transactions transactions, String claimant, BooleanSupplier stopping) {
    this.transactions = transactions;
    this.claimant = claimant;
    this.stopping = stopping;
  }

  /** Returns when it is durable, or when this process is stopping and it cannot be. */
  void write(List<Long> delivered, List<Later> later) {
    if (delivered.isEmpty() && later.isEmpty()) {
      return;
    }
    var mine = new Page(delivered, later);
    waiting.add(mine);
    writing.lock();
    try {
      if (!mine.written) {
        writeAll();
      }
    } finally {
      writing.unlock();
    }
  }

  private void writeAll() {
    var pages = new ArrayList<Page>();
    for (var page = waiting.poll(); page != null; page = waiting.poll()) {
      pages.add(page);
    }
    while (!written(pages) && !stopping.getAsBoolean()) {
      pause();
    }
    pages.forEach(page -> page.written = true);
  }

  private boolean written(List<Page> pages) {
    try {
      return transactions.run(
          connection -> {
            delete(connection, pages.stream().flatMap(page -> page.delivered.stream()).toList());
            postpone(connection, pages.stream().flatMap(page -> page.later.stream()).toList());
            return true;
          });
    } catch (RuntimeException failed) {
      LOG.warnf("cannot write down how attempts ended, trying again: %s", failed.getMessage());
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever holds the entry now: it is delivered. */
  static void delete(Connection connection, List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM queue_entry WHERE id IN (%s)".formatted(QueueTable.marks(ids.size())))) {
      Claims.bind(delete, 1, ids.stream().sorted().toList());
      delete.executeUpdate();
    }
  }

  private void postpone(Connection connection, List<Later> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    try (var update =
        connection.prepareStatement(
            """
            UPDATE queue_entry
            SET due_at = IF(held_at IS NULL, ?, due_at), attempts = attempts + 1, last_status = ?,
              claimed_by = NULL
            WHERE id = ? AND claimed_by = ?""")) {
      for (var entry : entries) {
        update.setLong(1, entry.due().toEpochMilli());
        update.setString(2, cut(entry.status()));
        update.setLong(3, entry.id());
        update.setString(4, claimant);
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_STATUS ? text : text.substring(0, MAX_STATUS);
  }
}
