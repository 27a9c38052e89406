package dev.postroom.queue;

import org.jspecify.annotations.Nullable;

/** What this process does for one destination right now. Guarded by the lock of {@link Lanes}. */
final class Lane {
  final String destination;

  /** For whose mail it was opened. */
  final long account;

  final Backlog backlog = new Backlog();

  /** Where it leads; null until it was looked up. */
  @Nullable Site site;

  /** Parcels on their way. */
  int running;

  /** What was claimed is being put off, because nobody is there to take it. */
  boolean postponing;

  /** Somebody is looking in the table. */
  boolean fetching;

  /** The table may have entries for it that nobody has looked for. */
  boolean mayHaveMore = true;

  /** Some of them may go before what waits here. */
  boolean mayHaveUrgent;

  /** The customer whose entries were claimed last. */
  long served;

  Lane(String destination, long account) {
    this.destination = destination;
    this.account = account;
  }

  boolean isDone() {
    return running == 0 && !fetching && !mayHaveMore && backlog.isEmpty();
  }
}
