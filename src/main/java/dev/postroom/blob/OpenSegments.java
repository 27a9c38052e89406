package dev.postroom.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Segments that were read lately and are still open: to open a file costs more than to read a
 * message of it. Each open file is lent to one reader at a time, for an interrupted reader closes
 * the channel that it reads from. Any thread.
 */
final class OpenSegments {
  private static final Logger LOG = Logger.getLogger(OpenSegments.class);

  /** How many stay open that nobody reads. */
  static final int MOST_IDLE = 64;

  // guarded by this
  private final ArrayDeque<Lent> idle = new ArrayDeque<>();
  private int generation;

  /** One open file; closing it gives it back. */
  final class Lent implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final int generation;

    private Lent(Path file, FileChannel channel, int generation) {
      this.file = file;
      this.channel = channel;
      this.generation = generation;
    }

    FileChannel channel() {
      return channel;
    }

    @Override
    public void close() throws IOException {
      giveBack(this);
    }
  }

  /**
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  Lent lend(Path file) throws IOException {
    int opened;
    synchronized (this) {
      for (var latestFirst = idle.iterator(); latestFirst.hasNext(); ) {
        var lent = latestFirst.next();
        if (lent.file.equals(file)) {
          latestFirst.remove();
          return lent;
        }
      }
      opened = generation;
    }
    return new Lent(file, FileChannel.open(file, StandardOpenOption.READ), opened);
  }

  private void giveBack(Lent lent) throws IOException {
    Lent unneeded = lent;
    synchronized (this) {
      if (lent.channel.isOpen() && lent.generation == generation) {
        idle.addFirst(lent);
        unneeded = idle.size() > MOST_IDLE ? idle.removeLast() : null;
      }
    }
    if (unneeded != null) {
      unneeded.channel.close();
    }
  }

  /**
   * Closes them all, those that are lent when they come back: a sweep may have replaced or removed
   * their files, which keep their place on the disk while they are open.
   */
  void closeAll() {
    List<Lent> all;
    synchronized (this) {
      generation++;
      all = List.copyOf(idle);
      idle.clear();
    }
    for (var lent : all) {
      try {
        lent.channel.close();
      } catch (IOException failed) {
        LOG.warnf(failed, "could not close %s", lent.file);
      }
    }
  }
}
