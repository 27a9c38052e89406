package dev.postroom.blob;

import dev.postroom.rounds.Rounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Small blobs, one behind the other in files that only grow. Those that come at the same time share
 * one sync.
 *
 * <p>A segment is written by the process that began it, for an hour at most, and never again after
 * a failure or a restart: so nothing needs to be recovered. What a crash cuts off at its end has
 * been promised to nobody.
 *
 * <p>Threads: one leader of {@link Rounds} at a time appends; {@code active} is its own. Readers
 * borrow files from {@link OpenSegments}.
 */
final class Segments {
  private static final Logger LOG = Logger.getLogger(Segments.class);

  static final long MOST_OCTETS = 64L << 20;
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int OCTETS_OF_A_ROUND = 8 << 20;
  private static final int BUFFER_OCTETS = 256 * 1024;

  /** A blob up to this size is read when it is opened, with its header. */
  static final int HELD_OCTETS = 16 * 1024;

  private static final int NUMBERS_OF_A_MILLISECOND = 16; // bits
  private static final String NAMES = "[0-9a-f]".repeat(16);

  private final Path directory;
  private final Path temporary;
  private final Clock clock;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_OCTETS);
  private final Rounds<Part> rounds =
      new Rounds<>(1, OCTETS_OF_A_ROUND, part -> part.length, this::append);
  private final OpenSegments open = new OpenSegments();
  private volatile @Nullable Segment active;

  Segments(Path directory, Path temporary, Clock clock) {
    this.directory = directory;
    this.temporary = temporary;
    this.clock = clock;
  }

  void prepare() throws IOException {
    Directories.make(directory);
  }

  /** What one thread wants to have kept, and where it is then. */
  private static final class Part {
    private final byte[] octets;
    private final int length;
    private @Nullable SegmentPlace place;
    private @Nullable Exception failure;

    Part(byte[] octets, int length) {
      this.octets = octets;
      this.length = length;
    }
  }

  /** Returns when the octets are on the disk. */
  BlobId keep(byte[] octets, int length) throws IOException {
    var part = new Part(octets, length);
    rounds.take(part);
    if (part.place == null) {
      throw new IOException("could not be written to a segment", part.failure);
    }
    return part.place.id();
  }

  private void append(List<Part> round) {
    var places = new ArrayList<SegmentPlace>();
    try {
      var segment = writable();
      for (var part : round) {
        places.add(segment.append(part.octets, part.length));
      }
      segment.sync();
    } catch (IOException | RuntimeException failed) {
      leave(active); // what is on the disk of it now nobody knows
      round.forEach(part -> part.failure = failed);
      return;
    }
    for (int i = 0; i < round.size(); i++) {
      round.get(i).place = places.get(i);
    }
  }

  private Segment writable() throws IOException {
    var segment = active;
    if (segment != null && !isFinished(segment)) {
      return segment;
    }
    leave(segment);
    var begun = begin();
    active = begun;
    return begun;
  }

  private boolean isFinished(Segment segment) {
    return segment.end() >= MOST_OCTETS || segment.begun().plus(LONGEST).isBefore(clock.instant());
  }

  private Segment begin() throws IOException {
    var now = clock.instant();
    for (long number = now.toEpochMilli() << NUMBERS_OF_A_MILLISECOND; ; number++) {
      try {
        return Segment.begin(file(number), number, now, buffer);
      } catch (FileAlreadyExistsException _) { // another process began one
      }
    }
  }

  private void leave(@Nullable Segment segment) {
    active = null;
    if (segment != null) {
      try {
        segment.close();
      } catch (IOException failed) {
        LOG.warnf(failed, "could not close segment %x", segment.number());
      }
    }
  }

  /** Nothing may be kept any more. */
  void close() {
    leave(active);
    open.closeAll();
  }

  private Path file(long number) {
    return directory.resolve(HexFormat.of().toHexDigits(number));
  }

  Blob open(BlobId id) throws IOException {
    var place = SegmentPlace.of(id);
    var file = open.lend(file(place.segment()));
    ByteBuffer held;
    try {
      held = begin(file.channel(), place);
      if (held.remaining() < place.length()) {
        return new FileBlob(file.channel(), file, place.start(), place.length());
      }
    } catch (IOException failed) {
      file.close();
      throw failed;
    }
    file.close();
    return new HeldBlob(held.array(), held.position(), place.length());
  }

  /** The octets of a small record, or none of a large one; the header is looked at in any case. */
  private ByteBuffer begin(FileChannel channel, SegmentPlace place) throws IOException {
    boolean small = place.length() <= HELD_OCTETS;
    var read = ByteBuffer.allocate(RecordHeader.OCTETS + (small ? place.length() : 0));
    RecordHeader.readFully(channel, place.offset(), read);
    var header = RecordHeader.read(read.flip());
    if (header == null || !header.live() || header.length() != place.length()) {
      throw new NoSuchFileException(
          file(place.segment()).toString(), null, "no record at " + place.offset());
    }
    return read;
  }

  long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced) throws IOException {
    long removed = 0;
    try (var files = Files.newDirectoryStream(directory, NAMES)) {
      for (var file : files) {
        long number = HexFormat.fromHexDigitsToLong(file.getFileName().toString());
        if (isAtRest(number, before)) {
          removed += new SegmentSweep(file, number, temporary, referenced).run();
        }
      }
    } finally {
      open.closeAll();
    }
    return removed;
  }

  /** Its last record is older than {@code before}, and no process writes to it any more. */
  private boolean isAtRest(long number, Instant before) {
    var segment = active;
    var finished = Instant.ofEpochMilli(number >> NUMBERS_OF_A_MILLISECOND).plus(LONGEST);
    return (segment == null || segment.number() != number)
        && finished.isBefore(before)
        && finished.plus(LONGEST).isBefore(clock.instant());
  }
}
