package dev.postroom.net;

import io.netty.channel.ChannelConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Octets on their way from the event loop to the conversation.
 *
 * <p>Threads: the event loop adds, the conversation takes, anybody nudges or ends it. Reading from
 * the socket stops while more than {@link #HIGH_WATER} octets wait and goes on below {@link
 * #LOW_WATER}; both are decided under the lock, so that neither overtakes the other.
 */
final class InputQueue {
  static final int HIGH_WATER = 64 * 1024;
  static final int LOW_WATER = 16 * 1024;

  /** How often {@link #remind} is called. */
  static final Duration REMINDED_EVERY = Duration.ofMillis(500);

  /**
   * A wait for longer has no timer of its own: one for each command costs more than the command.
   */
  private static final long LONG_NANOS = REMINDED_EVERY.multipliedBy(2).toNanos();

  private static final long NOBODY_WAITS = Long.MAX_VALUE;
  private static final long START = System.nanoTime();

  private final ChannelConfig socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // all guarded by lock
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
  private int octets;
  private boolean paused;
  private boolean dropping;
  private boolean nudged;
  private boolean stopping;
  private @Nullable String ended;
  private @Nullable Runnable sleeper;

  /** When the one who waits without a timer is to be woken, by {@link #sinceStart}. */
  private volatile long remindAt = NOBODY_WAITS;

  InputQueue(ChannelConfig socket) {
    this.socket = socket;
  }

  void add(ByteBuffer chunk) {
    lock.lock();
    try {
      if (dropping || !chunk.hasRemaining()) {
        return;
      }
      chunks.add(chunk);
      octets += chunk.remaining();
      if (!paused && octets > HIGH_WATER) {
        paused = true;
        socket.setAutoRead(false);
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come; what is there can still be taken. The first reason counts. */
  void end(String why) {
    lock.lock();
    try {
      if (ended == null) {
        ended = why;
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever would wait for input gets a {@link ShutdownException} instead. */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits, as a thread or not. */
  private void wake() {
    changed.signalAll();
    var then = sleeper;
    if (then != null) {
      sleeper = null;
      remindAt = NOBODY_WAITS;
      then.run();
    }
  }

  void nudge() {
    lock.lock();
    try {
      nudged = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  boolean hasAny() {
    lock.lock();
    try {
      return !chunks.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next chunk, waited for.
   *
   * @param deadline by {@link System#nanoTime}
   */
  ByteBuffer take(long deadline) throws IOException {
    lock.lock();
    try {
      while (chunks.isEmpty()) {
        if (!waitUntil(deadline)) {
          throw new WireTimeoutException("nothing was received in time");
        }
      }
      var chunk = chunks.remove();
      octets -= chunk.remaining();
      resumeBelowLowWater();
      return chunk;
    } finally {
      lock.unlock();
    }
  }

  /** The next chunk, if there is one. */
  @Nullable ByteBuffer poll() {
    lock.lock();
    try {
      var chunk = chunks.poll();
      if (chunk != null) {
        octets -= chunk.remaining();
        resumeBelowLowWater();
      }
      return chunk;
    } finally {
      lock.unlock();
    }
  }

  Wire.Wakeup await(Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      while (true) {
        if (!chunks.isEmpty()) {
          return Wire.Wakeup.INPUT;
        }
        if (nudged) {
          nudged = false;
          return Wire.Wakeup.NUDGED;
        }
        if (!waitUntil(deadline)) {
          return Wire.Wakeup.TIMED_OUT;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs it, once, as soon as {@link #await} would not wait, or the time has passed. It runs under
   * the lock, perhaps at once.
   */
  void whenAwaited(Duration atMost, Runnable then) {
    lock.lock();
    try {
      if (!chunks.isEmpty() || nudged || stopping || ended != null) {
        then.run();
      } else {
        sleeper = then;
        remindAt = sinceStart() + atMost.toNanos();
      }
    } finally {
      lock.unlock();
    }
  }

  /** One wait; false when the deadline has passed. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private boolean waitUntil(long deadline) throws IOException {
    if (ended != null) {
      throw new WireClosedException(ended);
    }
    if (stopping) {
      throw new ShutdownException();
    }
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    try {
      if (left > LONG_NANOS) {
        remindAt = sinceStart() + left - LONG_NANOS;
        changed.await(); // until remind at the latest
      } else {
        changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new WireClosedException("interrupted");
    } finally {
      remindAt = NOBODY_WAITS;
    }
  }

  /** Wakes the one who waits without a timer, when it is time. Any thread. */
  void remind() {
    if (remindAt > sinceStart()) {
      return;
    }
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  private static long sinceStart() {
    return System.nanoTime() - START;
  }

  /** Forgets everything that waits. */
  void clear() {
    lock.lock();
    try {
      chunks.clear();
      octets = 0;
      resumeBelowLowWater();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything that waits and all that follows. */
  void drop() {
    lock.lock();
    try {
      dropping = true;
      clear();
    } finally {
      lock.unlock();
    }
  }

  private void resumeBelowLowWater() {
    if (paused && octets <= LOW_WATER) {
      paused = false;
      socket.setAutoRead(true);
    }
  }
}
