package dev.postroom.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One pass over a segment that nobody writes to any more. What nothing refers to is overwritten
 * with zeros where it stands. When that is much of the file, the file is replaced by one with holes
 * there: every record stays at its offset, so no name changes, and the disk gets the space back.
 */
final class SegmentSweep {
  private static final Logger LOG = Logger.getLogger(SegmentSweep.class);
  private static final int BATCH = 1000;
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(64 * 1024).asReadOnlyBuffer();

  private final Path file;
  private final long number;
  private final Path temporary;
  private final Function<Set<BlobId>, Set<BlobId>> referenced;
  private final List<SegmentPlace> live = new ArrayList<>();
  private final List<SegmentPlace> gone = new ArrayList<>();

  SegmentSweep(
      Path file, long number, Path temporary, Function<Set<BlobId>, Set<BlobId>> referenced) {
    this.file = file;
    this.number = number;
    this.temporary = temporary;
    this.referenced = referenced;
  }

  /** Gives how many it removed. */
  long run() throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!scan(channel)) {
        LOG.warnf("%s is damaged or was cut off by a crash: nothing is removed from it", file);
        return 0;
      }
      var unneeded = unneeded();
      live.removeAll(unneeded);
      if (live.isEmpty()) {
        Files.delete(file);
        return unneeded.size();
      }
      for (var place : unneeded) {
        erase(channel, place);
      }
      gone.addAll(unneeded);
      if (octets(unneeded) > octets(live)) {
        replace(channel);
      }
      return unneeded.size();
    }
  }

  /** False when something stands behind the last record that is none. */
  private boolean scan(FileChannel channel) throws IOException {
    long at = 0;
    for (var header = RecordHeader.read(channel, at);
        header != null;
        header = RecordHeader.read(channel, at)) {
      var place = new SegmentPlace(number, at, header.length());
      if (place.end() > channel.size()) {
        return false;
      }
      (header.live() ? live : gone).add(place);
      at = place.end();
    }
    return isZero(channel, at);
  }

  private static boolean isZero(FileChannel channel, long from) throws IOException {
    var buffer = ByteBuffer.allocate(ZEROS.capacity());
    long at = from;
    for (int read = channel.read(buffer, at); read > 0; read = channel.read(buffer, at)) {
      buffer.flip();
      if (buffer.mismatch(ZEROS.duplicate().limit(read)) >= 0) {
        return false;
      }
      at += read;
      buffer.clear();
    }
    return true;
  }

  private Set<SegmentPlace> unneeded() {
    var unneeded = new HashSet<SegmentPlace>();
    for (int from = 0; from < live.size(); from += BATCH) {
      var batch = live.subList(from, Math.min(from + BATCH, live.size()));
      var ids = new HashSet<BlobId>();
      batch.forEach(place -> ids.add(place.id()));
      var needed = referenced.apply(Set.copyOf(ids));
      batch.stream().filter(place -> !needed.contains(place.id())).forEach(unneeded::add);
    }
    return unneeded;
  }

  private static long octets(Iterable<SegmentPlace> places) {
    long octets = 0;
    for (var place : places) {
      octets += place.length();
    }
    return octets;
  }

  private static void erase(FileChannel channel, SegmentPlace place) throws IOException {
    markGone(channel, place);
    for (long at = place.start(); at < place.end(); ) {
      int length = (int) Math.min(ZEROS.capacity(), place.end() - at);
      at += channel.write(ZEROS.duplicate().limit(length), at);
    }
  }

  private static void markGone(FileChannel channel, SegmentPlace place) throws IOException {
    var header = ByteBuffer.allocate(RecordHeader.OCTETS);
    new RecordHeader(false, place.length(), 0).write(header);
    header.flip();
    for (long at = place.offset(); header.hasRemaining(); ) {
      at += channel.write(header, at);
    }
  }

  private void replace(FileChannel from) throws IOException {
    var written = temporary.resolve(UUID.randomUUID().toString());
    try {
      try (var to =
          FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (var gap : gaps()) {
          if (gap.offset() < live.getLast().offset()) { // what is gone at the end is left out
            markGone(to, gap);
          }
        }
        for (var place : live) {
          copy(from, to, place);
        }
        to.force(true);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    Directories.sync(file.resolveSibling(""));
  }

  /** What is gone, neighbours as one: a header in each block would leave no holes. */
  private List<SegmentPlace> gaps() {
    gone.sort(Comparator.comparingLong(SegmentPlace::offset));
    var gaps = new ArrayList<SegmentPlace>();
    for (var place : gone) {
      var last = gaps.isEmpty() ? null : gaps.getLast();
      if (last != null && last.end() == place.offset()) {
        gaps.removeLast();
        gaps.add(new SegmentPlace(number, last.offset(), (int) (place.end() - last.start())));
      } else {
        gaps.add(place);
      }
    }
    return gaps;
  }

  private static void copy(FileChannel from, FileChannel to, SegmentPlace place)
      throws IOException {
    to.position(place.offset());
    for (long at = place.offset(); at < place.end(); ) {
      long copied = from.transferTo(at, place.end() - at, to);
      if (copied <= 0) {
        throw new IOException("a record of segment " + place + " cannot be read");
      }
      at += copied;
    }
  }
}
