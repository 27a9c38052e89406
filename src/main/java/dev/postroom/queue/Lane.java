package dev.postroom.queue;

import java.util.ArrayDeque;
import java.util.Deque;

/** What this process does for one destination right now. Guarded by the lock of {@link Lanes}. */
final class Lane {
  final String destination;
  final Deque<Parcel> backlog = new ArrayDeque<>();
  int workers;

  /** How many workers it may have now. */
  int width;

  /** Somebody is looking in the table. */
  boolean refilling;

  /** The table may have entries for it that nobody has looked for. */
  boolean mayHaveMore = true;

  Lane(String destination, int width) {
    this.destination = destination;
    this.width = width;
  }
}
