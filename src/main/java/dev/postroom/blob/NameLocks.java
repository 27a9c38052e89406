package dev.postroom.blob;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** One lock for each of 256 shares of all names. */
final class NameLocks {
  private final ReentrantLock[] locks =
      IntStream.range(0, 256).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  ReentrantLock of(BlobId id) {
    return locks[Integer.parseInt(id.name(), 0, 2, 16)];
  }
}
