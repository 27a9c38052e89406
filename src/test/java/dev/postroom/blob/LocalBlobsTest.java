package dev.postroom.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import dev.postroom.testing.Together;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBlobsTest {
  private static final int LIMIT = 128 * 1024;

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private LocalBlobs blobs;

  @BeforeEach
  void start() throws IOException {
    blobs = started(clock);
  }

  private LocalBlobs started(Clock clock) throws IOException {
    var config = Settings.of(BlobConfig.class, "postroom.blob.directory", directory.toString());
    var fresh = new LocalBlobs(config, clock);
    fresh.prepare();
    return fresh;
  }

  private static byte[] octets(int count) {
    var octets = new byte[count];
    new Random(count).nextBytes(octets);
    return octets;
  }

  private BlobId keep(byte[] octets) throws IOException {
    return keep(blobs, octets);
  }

  private static BlobId keep(Blobs blobs, byte[] octets) throws IOException {
    try (var writer = blobs.write()) {
      writer.write(octets);
      return writer.keep();
    }
  }

  private byte[] read(BlobId id) throws IOException {
    try (var blob = blobs.open(id);
        var stream = blob.read()) {
      return stream.readAllBytes();
    }
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(directory.resolve("segments"))) {
      return files.sorted().toList();
    }
  }

  private Path segmentOf(BlobId id) {
    return directory.resolve("segments").resolve(id.name().substring(16, 32));
  }

  /** A restart, and two days later. */
  private void rest() throws IOException {
    blobs.close();
    clock.forward(Duration.ofDays(2));
    blobs = started(clock);
  }

  private long sweep(Set<BlobId> needed) throws IOException {
    return blobs.sweep(clock.instant().minus(Duration.ofDays(1)), _ -> needed);
  }

  private static final int HELD = Segments.HELD_OCTETS;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 4096, 5119, 5120, 5121, HELD - 1, HELD, HELD + 1, 65_536, LIMIT - 1, LIMIT, LIMIT + 1,
        999_999
      })
  void whatIsKeptIsReadBackOctetForOctet(int size) throws IOException {
    var before = keep(octets(10));
    var id = keep(octets(size));
    var after = keep(octets(11));
    assertThat(read(id)).isEqualTo(octets(size));
    assertThat(read(before)).isEqualTo(octets(10));
    assertThat(read(after)).isEqualTo(octets(11));
    assertThat(Files.exists(segmentOf(id))).isEqualTo(size <= LIMIT);
    try (var blob = blobs.open(id)) {
      assertThat(blob.size()).isEqualTo(size);
    }
  }

  @Test
  void octetsWrittenInUnevenPiecesStayInOrder() throws IOException {
    for (int size : new int[] {100_000, 300_000}) {
      var octets = octets(size);
      try (var writer = blobs.write()) {
        writer.write(octets[0]);
        int at = 1;
        for (int piece = 1; at < octets.length; piece = piece * 3 % 70_001 + 1) {
          int length = Math.min(piece, octets.length - at);
          writer.write(octets, at, length);
          at += length;
          assertThat(writer.size()).isEqualTo(at);
        }
        assertThat(read(writer.keep())).isEqualTo(octets);
      }
    }
  }

  @Test
  void aPartIsReadFromItsOffset() throws IOException {
    keep(octets(100));
    var id = keep("0123456789".getBytes(StandardCharsets.US_ASCII));
    keep(octets(100));
    try (var blob = blobs.open(id)) {
      assertThat(blob.size()).isEqualTo(10);
      assertThat(blob.read(3, 4)).hasContent("3456");
      assertThat(blob.read(8, 100)).hasContent("89");
      assertThat(blob.read(10, 1)).isEmpty();
      assertThat(blob.read(Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void anInterruptedReaderDisturbsNobody() throws Exception {
    var small = keep(octets(100));
    var large = keep(octets(100_000));
    try (var other = blobs.open(large);
        var stream = other.read()) {
      assertThat(stream.readNBytes(1000)).isEqualTo(Arrays.copyOf(octets(100_000), 1000));
      var failures = new ArrayList<Exception>();
      var interrupted =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Thread.currentThread().interrupt();
                    for (var id : List.of(small, large)) {
                      try {
                        read(id);
                      } catch (IOException closed) {
                        failures.add(closed);
                      }
                    }
                  });
      interrupted.join();
      assertThat(failures).isNotEmpty();
      assertThat(read(small)).isEqualTo(octets(100));
      assertThat(read(large)).isEqualTo(octets(100_000));
      assertThat(stream.readAllBytes()).hasSize(99_000);
    }
  }

  @Test
  void aClosedBlobReadsNothingOfTheNext() throws IOException {
    var id = keep(octets(100_000));
    var blob = blobs.open(id);
    var stream = blob.read();
    blob.close();
    blob.close();
    try (var next = blobs.open(id);
        var another = blobs.open(id)) {
      assertThatThrownBy(stream::read).isInstanceOf(ClosedChannelException.class);
      assertThat(next.read()).hasSameContentAs(another.read());
    }
  }

  @Test
  void whatWasReadLatelyIsGoneAfterTheSweepAndItsFileClosed() throws IOException {
    var small = keep(octets(100));
    var large = keep(octets(100_000));
    var stays = keep(octets(101));
    read(small);
    read(large);
    rest();
    read(small);
    try (var reading = blobs.open(large)) {
      assertThat(sweep(Set.of(stays))).isEqualTo(2);
      assertThat(reading.size()).isEqualTo(100_000);
    }
    for (var gone : List.of(small, large)) {
      assertThatThrownBy(() -> read(gone)).isInstanceOf(NoSuchFileException.class);
    }
    assertThat(read(stays)).isEqualTo(octets(101));
    clock.forward(Duration.ofDays(1));
    sweep(Set.of());
    assertThatThrownBy(() -> read(stays)).isInstanceOf(NoSuchFileException.class);
    assertThat(openFiles()).isEmpty();
  }

  /** Those of segments that this process has open. */
  private List<String> openFiles() throws IOException {
    var open = new ArrayList<String>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var descriptor : descriptors) {
        try {
          open.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException _) { // the one of this list
        }
      }
    }
    open.removeIf(file -> !file.startsWith(directory.resolve("segments").toString()));
    return open;
  }

  @Test
  void moreSegmentsThanStayOpenAreReadAllTheSame() throws IOException {
    var ids = new ArrayList<BlobId>();
    for (int i = 0; i < OpenSegments.MOST_IDLE + 6; i++) {
      ids.add(keep(octets(i)));
      rest();
    }
    for (int again = 0; again < 2; again++) {
      for (int i = 0; i < ids.size(); i++) {
        assertThat(read(ids.get(i))).isEqualTo(octets(i));
      }
    }
    assertThat(openFiles()).hasSize(OpenSegments.MOST_IDLE);
    blobs.close();
    assertThat(openFiles()).isEmpty();
  }

  @Test
  void aWriterClosedWithoutKeepLeavesNothing() throws IOException {
    try (var small = blobs.write();
        var large = blobs.write()) {
      small.write(octets(1000));
      large.write(octets(LIMIT + 1));
    }
    assertThat(segments()).isEmpty();
    assertThat(Files.list(directory.resolve("tmp"))).isEmpty();
  }

  @Test
  void aClosedWriterTakesNoMore() throws IOException {
    try (var writer = blobs.write()) {
      writer.keep();
      assertThatThrownBy(() -> writer.write(1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNotThereIsNoSuchFile() throws IOException {
    var id = keep(octets(10));
    var place = SegmentPlace.of(id);
    assertThat(place.id()).isEqualTo(id);
    for (var wrong :
        List.of(
            new SegmentPlace(place.segment() + 1, 0, 10),
            new SegmentPlace(place.segment(), 0, 9),
            new SegmentPlace(place.segment(), 1, 10),
            new SegmentPlace(place.segment(), 1L << 40, 10))) {
      assertThatThrownBy(() -> blobs.open(wrong.id())).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  @Timeout(60)
  void whatManyKeepAtTheSameTimeIsAllThere() throws IOException {
    var kept = Together.run(500, number -> keepUnchecked(octets(number * 37)));
    assertThat(kept).doesNotHaveDuplicates();
    blobs.close();
    blobs = started(clock);
    for (int number = 0; number < kept.size(); number++) {
      assertThat(read((BlobId) kept.get(number))).isEqualTo(octets(number * 37));
    }
    assertThat(segments()).hasSize(1);
    var all = 0L;
    for (int number = 0; number < kept.size(); number++) {
      all += RecordHeader.OCTETS + number * 37;
    }
    assertThat(segments().getFirst()).hasSize(all); // nothing is left of what lay ahead
  }

  @Test
  void aSegmentIsWrittenForAnHourOnly() throws IOException {
    var first = keep(octets(10));
    clock.forward(Duration.ofMinutes(60));
    assertThat(segmentOf(keep(octets(20)))).isEqualTo(segmentOf(first));
    clock.forward(Duration.ofMillis(1));
    assertThat(segmentOf(keep(octets(30)))).isNotEqualTo(segmentOf(first));
    assertThat(read(first)).isEqualTo(octets(10));
  }

  @Test
  void aSegmentHasItsSize() throws IOException {
    var octets = octets(LIMIT);
    var ids = new ArrayList<BlobId>();
    while (ids.size() * (long) LIMIT <= Segments.MOST_OCTETS) {
      ids.add(keep(octets));
    }
    assertThat(segments()).hasSize(2);
    assertThat(read(ids.getFirst())).isEqualTo(octets);
    assertThat(read(ids.getLast())).isEqualTo(octets);
  }

  @Test
  void twoProcessesNeverWriteToTheSameSegment() throws IOException {
    var other = started(clock); // at the same millisecond
    var mine = keep(octets(10));
    var theirs = keep(other, octets(20));
    assertThat(segmentOf(mine)).isNotEqualTo(segmentOf(theirs));
    assertThat(read(mine)).isEqualTo(octets(10));
    assertThat(read(theirs)).isEqualTo(octets(20));
  }

  @Test
  void afterAFailureAnotherSegmentIsBegun() throws IOException {
    Files.delete(directory.resolve("segments"));
    assertThatThrownBy(() -> keep(octets(10))).isInstanceOf(IOException.class);
    Files.createDirectory(directory.resolve("segments"));
    assertThat(read(keep(octets(11)))).isEqualTo(octets(11));
  }

  @Test
  void whatNothingRefersToIsErasedAndTheRestStays() throws IOException {
    var ids = keepHundred(1000);
    rest();
    var needed = new HashSet<>(ids);
    needed.remove(ids.get(50));

    assertThat(sweep(needed)).isEqualTo(1);
    assertThat(sweep(needed)).isZero();

    assertThatThrownBy(() -> read(ids.get(50))).isInstanceOf(NoSuchFileException.class);
    var place = SegmentPlace.of(ids.get(50));
    var whole = Files.readAllBytes(segmentOf(ids.get(50)));
    for (long at = place.start(); at < place.end(); at++) {
      assertThat(whole[(int) at]).isZero();
    }
    assertAreThere(needed);
  }

  /** Each of another size, which tells what is in it. */
  private List<BlobId> keepHundred(int firstSize) throws IOException {
    var ids = new ArrayList<BlobId>();
    for (int size = firstSize; size < firstSize + 100; size++) {
      ids.add(keep(octets(size)));
    }
    return ids;
  }

  private void assertAreThere(Set<BlobId> needed) throws IOException {
    for (var id : needed) {
      assertThat(read(id)).isEqualTo(octets(SegmentPlace.of(id).length()));
    }
  }

  @Test
  void whenMuchIsGoneTheDiskGetsItsSpaceBackAndNothingMoves() throws Exception {
    var ids = keepHundred(30_000);
    rest();
    var segment = segmentOf(ids.get(0));
    long before = blocks(segment);
    var needed = Set.of(ids.get(0), ids.get(55), ids.get(99));

    assertThat(sweep(needed)).isEqualTo(97);

    assertThat(blocks(segment)).isLessThan(before / 5);
    assertAreThere(needed);
    assertThat(Files.list(directory.resolve("tmp"))).isEmpty();
    assertThat(sweep(Set.of(ids.get(55)))).isEqualTo(2);
    assertAreThere(Set.of(ids.get(55)));
    assertThat(sweep(Set.of())).isEqualTo(1);
    assertThat(segments()).isEmpty();
  }

  private static long blocks(Path file) throws Exception {
    var stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
  }

  @Test
  void aSegmentThatIsYoungOrWrittenToIsNotSwept() throws IOException {
    var id = keep(octets(10));
    clock.forward(Duration.ofHours(26));
    assertThat(sweep(Set.of())).as("still open here").isZero();
    assertThat(read(id)).isEqualTo(octets(10));

    var young = keep(octets(20));
    blobs.close();
    assertThat(blobs.sweep(clock.instant().plusSeconds(9999), _ -> Set.of(id)))
        .as("another process may write to it")
        .isZero();
    clock.forward(Duration.ofHours(25));
    assertThat(sweep(Set.of())).as("the end of its hour is not a day ago").isEqualTo(1);
    assertThat(read(young)).isEqualTo(octets(20));
    clock.forward(Duration.ofMillis(1));
    assertThat(sweep(Set.of())).isEqualTo(1);
    assertThatThrownBy(() -> read(young)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void sweepAsksInBatches() throws IOException {
    for (int i = 0; i < 2500; i++) {
      keepQuickly(i);
    }
    rest();
    var sizes = new ArrayList<Integer>();
    blobs.sweep(
        clock.instant().minus(Duration.ofDays(1)),
        batch -> {
          sizes.add(batch.size());
          return batch;
        });
    assertThat(sizes).containsExactly(1000, 1000, 500);
  }

  private void keepQuickly(int number) throws IOException {
    keep(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatACrashCutOffHarmsNothingBeforeIt() throws IOException {
    var whole = keep(octets(1000));
    var cut = keep(octets(2000));
    rest();
    try (var file = FileChannel.open(segmentOf(cut), StandardOpenOption.WRITE)) {
      file.truncate(SegmentPlace.of(cut).start() + 500);
    }
    assertThat(read(whole)).isEqualTo(octets(1000));
    assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);

    assertThat(sweep(Set.of(whole))).isZero(); // it cannot tell what else is wrong
    assertThat(read(whole)).isEqualTo(octets(1000));
  }

  @Test
  void aDamagedHeaderHidesNothingFromTheSweep() throws IOException {
    var first = keep(octets(1000));
    var damaged = keep(octets(2000));
    var last = keep(octets(3000));
    rest();
    try (var file = FileChannel.open(segmentOf(damaged), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(4), SegmentPlace.of(damaged).offset());
    }
    assertThat(sweep(Set.of(last))).isZero();
    assertThat(read(first)).isEqualTo(octets(1000));
    assertThat(read(last)).isEqualTo(octets(3000));
  }

  @Test
  void whatAKilledProcessLeftAheadIsNoDamage() throws IOException {
    var kept = keep(octets(1000)); // the zeros ahead are still there
    var segment = segmentOf(kept);
    assertThat(Files.size(segment)).isGreaterThan(2000);
    clock.forward(Duration.ofDays(2));
    blobs = started(clock);
    assertThat(segmentOf(keep(octets(5)))).isNotEqualTo(segment);
    assertThat(read(kept)).isEqualTo(octets(1000));
    assertThat(sweep(Set.of())).isEqualTo(1);
    assertThat(segment).doesNotExist();
  }

  @Test
  @Timeout(120)
  void keepingAndSweepingAtTheSameTimeLoseNothing() throws Exception {
    var unneeded = ConcurrentHashMap.<BlobId>newKeySet();
    var sizes = new ConcurrentHashMap<BlobId, Integer>();
    var finished = new AtomicBoolean();
    var sweeping = Thread.ofPlatform().start(() -> sweepUntil(finished, sizes.keySet(), unneeded));

    Together.run(
        8,
        thread -> {
          for (int i = 0; i < 300; i++) {
            int size = thread * 1000 + i;
            var id = keepUnchecked(octets(size));
            sizes.put(id, size);
            if (i % 4 != 0) {
              unneeded.add(id);
            }
          }
          return thread;
        });
    finished.set(true);
    sweeping.join();

    assertThat(sizes).hasSize(2400);
    for (var kept : sizes.entrySet()) {
      if (!unneeded.contains(kept.getKey())) {
        assertThat(read(kept.getKey())).isEqualTo(octets(kept.getValue()));
      }
    }
  }

  private void sweepUntil(AtomicBoolean finished, Set<BlobId> kept, Set<BlobId> unneeded) {
    int seen = 0;
    while (!finished.get()) {
      if (kept.size() < seen + 50) {
        Thread.yield();
        continue;
      }
      seen = kept.size();
      clock.forward(Duration.ofMinutes(61)); // another segment is begun
      try {
        blobs.sweep(
            clock.instant(),
            batch ->
                batch.stream()
                    .filter(id -> !unneeded.contains(id))
                    .collect(Collectors.toUnmodifiableSet()));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private BlobId keepUnchecked(byte[] octets) {
    try {
      return keep(octets);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
