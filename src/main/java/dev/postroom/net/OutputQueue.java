package dev.postroom.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Octets on their way from the conversation to the event loop.
 *
 * <p>Threads: the buffer is the conversation's alone; how much is handed over and not yet sent is
 * shared with the event loop, under the lock. An idle connection holds no buffer.
 */
final class OutputQueue {
  static final int BUFFER_SIZE = 16 * 1024;

  /** The conversation waits while more than this is handed over and not yet sent. */
  static final int HIGH_WATER = 128 * 1024;

  private static final int FIRST_SIZE = 512;
  private static final byte[] NONE = new byte[0];

  private final NetSocketInternal socket;
  private byte[] buffer = NONE;
  private int used;
  private @Nullable Deflation deflation;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private int unsent;
  private @Nullable String failed;

  OutputQueue(NetSocketInternal socket) {
    this.socket = socket;
  }

  void write(byte[] octets, int offset, int length, Duration patience) throws IOException {
    int done = 0;
    while (done < length) {
      makeRoom(length - done, patience);
      int step = Math.min(length - done, buffer.length - used);
      System.arraycopy(octets, offset + done, buffer, used, step);
      used += step;
      done += step;
    }
  }

  void transfer(InputStream from, Duration patience) throws IOException {
    while (true) {
      makeRoom(BUFFER_SIZE, patience);
      int read = from.read(buffer, used, buffer.length - used);
      if (read < 0) {
        return;
      }
      used += read;
    }
  }

  /** Leaves at least one octet free in the buffer. */
  private void makeRoom(int wanted, Duration patience) throws IOException {
    if (used == BUFFER_SIZE) {
      send(patience, false);
    }
    if (used + wanted > buffer.length && buffer.length < BUFFER_SIZE) {
      int size = Math.max(used + Math.min(wanted, BUFFER_SIZE) + FIRST_SIZE, used * 2);
      buffer = Arrays.copyOf(buffer, Math.min(BUFFER_SIZE, size));
    }
  }

  /** Hands the buffer over, once the other side has taken enough of what was sent before. */
  void flush(Duration patience) throws IOException {
    send(patience, true);
  }

  private void send(Duration patience, boolean flush) throws IOException {
    if (deflation != null) {
      compress(deflation, flush);
    }
    if (used == 0) {
      return;
    }
    int length = used;
    reserve(length, patience);
    socket.writeMessage(take()).onComplete(sent -> release(length, sent.cause()));
  }

  private void compress(Deflation compression, boolean flush) {
    buffer = compression.compress(buffer, used, flush);
    used = buffer.length;
  }

  /** What is written from now on is compressed; nothing may wait to be sent. */
  void deflate() {
    deflation = new Deflation();
  }

  boolean isDeflating() {
    return deflation != null;
  }

  /** Nothing will be written for a while. */
  void rest() {
    if (deflation != null) {
      deflation.rest();
    }
  }

  /** Nothing is written any more. */
  void end() {
    if (deflation != null) {
      deflation.end();
    }
  }

  /** What is in the buffer, which is empty thereafter. */
  ByteBuf take() {
    var octets = Unpooled.wrappedBuffer(buffer, 0, used);
    buffer = NONE;
    used = 0;
    return octets;
  }

  private void reserve(int length, Duration patience) throws IOException {
    lock.lock();
    try {
      while (unsent > HIGH_WATER && failed == null) {
        // progress, however small, signals and begins the wait anew
        if (!changed.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          throw new WireTimeoutException("the other side does not take what is sent");
        }
      }
      if (failed != null) {
        throw new WireClosedException(failed);
      }
      unsent += length;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new WireClosedException("interrupted");
    } finally {
      lock.unlock();
    }
  }

  private void release(int length, @Nullable Throwable failure) {
    lock.lock();
    try {
      unsent -= length;
      if (failure != null && failed == null) {
        failed = String.valueOf(failure.getMessage());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more can be sent. */
  void fail(String why) {
    lock.lock();
    try {
      if (failed == null) {
        failed = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
