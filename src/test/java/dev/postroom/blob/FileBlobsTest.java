package dev.postroom.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBlobsTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path directory;
  private FileBlobs blobs;

  @BeforeEach
  void prepare() throws IOException {
    blobs = blobs(0);
    blobs.prepare();
  }

  private FileBlobs blobs(long reserve) {
    return new FileBlobs(
        new BlobConfig() {
          @Override
          public Path directory() {
            return directory;
          }

          @Override
          public MemorySize reserve() {
            return new MemorySize(BigInteger.valueOf(reserve));
          }

          @Override
          public MemorySize segmentLimit() {
            return new MemorySize(BigInteger.ZERO);
          }

          @Override
          public Duration temporaryLifetime() {
            return Duration.ofHours(1);
          }
        },
        Clock.systemUTC());
  }

  private BlobId keep(byte[] octets) throws IOException {
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

  private static byte[] octets(int count) {
    var octets = new byte[count];
    new Random(count).nextBytes(octets);
    return octets;
  }

  private List<Path> temporaryFiles() throws IOException {
    try (var files = Files.list(directory.resolve("tmp"))) {
      return files.toList();
    }
  }

  private Path fileOf(BlobId id) {
    var name = id.name();
    return directory.resolve(name.substring(0, 2)).resolve(name);
  }

  private void age(BlobId id) throws IOException {
    Files.setLastModifiedTime(fileOf(id), FileTime.from(LONG_AGO));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65535, 65536, 65537, 1_000_003})
  void whatIsKeptIsReadBackOctetForOctetUnderItsHash(int size) throws Exception {
    var octets = octets(size);

    var id = keep(octets);

    var hash = MessageDigest.getInstance("SHA-256").digest(octets);
    assertThat(id.name()).isEqualTo(HexFormat.of().formatHex(hash));
    assertThat(read(id)).isEqualTo(octets);
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void octetsWrittenInUnevenPiecesStayInOrder() throws IOException {
    var octets = octets(300_000);
    BlobId id;
    try (var writer = blobs.write()) {
      writer.write(octets[0]);
      int at = 1;
      for (int piece = 1; at < octets.length; piece = piece * 3 % 70_001 + 1) {
        int length = Math.min(piece, octets.length - at);
        writer.write(octets, at, length);
        at += length;
        assertThat(writer.size()).isEqualTo(at);
      }
      id = writer.keep();
    }
    assertThat(read(id)).isEqualTo(octets);
  }

  @Test
  void aPartIsReadFromItsOffset() throws IOException {
    var id = keep("0123456789".getBytes(StandardCharsets.US_ASCII));
    try (var blob = blobs.open(id)) {
      assertThat(blob.size()).isEqualTo(10);
      assertThat(blob.read(3, 4)).hasContent("3456");
      assertThat(blob.read(8, 100)).hasContent("89");
      assertThat(blob.read(10, 1)).isEmpty();
      assertThat(blob.read(Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
      var stream = blob.read(2, 6);
      assertThat(stream.read()).isEqualTo('2');
      assertThat(stream.skip(2)).isEqualTo(2);
      assertThat(stream.available()).isEqualTo(3);
      assertThat(stream).hasContent("567");
    }
  }

  @Test
  void aWriterClosedWithoutKeepLeavesNothing() throws IOException {
    try (var writer = blobs.write()) {
      writer.write(octets(100_000));
      assertThat(temporaryFiles()).hasSize(1);
    }
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void aFailedKeepLeavesNothing() throws IOException {
    var obstacle = new BlobId(HexFormat.of().formatHex(sha256(octets(10))));
    Files.createDirectories(fileOf(obstacle).resolve("occupied"));

    assertThatThrownBy(() -> keep(octets(10))).isInstanceOf(IOException.class);

    assertThat(temporaryFiles()).isEmpty();
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void aKeptWriterTakesNoMore() throws IOException {
    try (var writer = blobs.write()) {
      writer.keep();
      writer.write(1);
      assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNotThereIsNoSuchFile() {
    assertThatThrownBy(() -> blobs.open(new BlobId("0".repeat(64))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theReserveOfTheDiskIsNotTouched() throws IOException {
    blobs.probe();
    var full = blobs(Long.MAX_VALUE);
    assertThatThrownBy(full::write).isInstanceOf(IOException.class).hasMessageContaining("full");
    assertThatThrownBy(full::probe).isInstanceOf(IOException.class);
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void aStartRemovesWhatADeadProcessLeftAndSparesWhatIsBeingWritten() throws IOException {
    var old = Files.write(directory.resolve("tmp/old"), octets(10));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    try (var writer = blobs.write()) {
      writer.write(octets(10));

      blobs(0).prepare();

      assertThat(old).doesNotExist();
      assertThat(read(writer.keep())).isEqualTo(octets(10));
    }
  }

  @Test
  void sweepRemovesWhatIsOldAndUnreferencedOnly() throws IOException {
    var referenced = keep(octets(1));
    var unreferenced = keep(octets(2));
    var young = keep(octets(3));
    age(referenced);
    age(unreferenced);
    Files.createFile(fileOf(referenced).resolveSibling("notes.txt"));
    var asked = new HashSet<BlobId>();

    long removed =
        blobs.sweep(
            Instant.now().minusSeconds(3600),
            batch -> {
              asked.addAll(batch);
              return Set.of(referenced);
            });

    assertThat(removed).isEqualTo(1);
    assertThat(asked).containsExactlyInAnyOrder(referenced, unreferenced);
    assertThat(read(referenced)).isEqualTo(octets(1));
    assertThat(read(young)).isEqualTo(octets(3));
    assertThatThrownBy(() -> blobs.open(unreferenced)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void sweepAsksInBatches() throws IOException {
    for (int i = 0; i < 2500; i++) {
      var name = HexFormat.of().formatHex(sha256(octets(i)));
      var file = fileOf(new BlobId(name));
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      age(new BlobId(name));
    }
    var sizes = new ArrayList<Integer>();

    long removed =
        blobs.sweep(
            Instant.now(),
            batch -> {
              sizes.add(batch.size());
              return Set.of();
            });

    assertThat(removed).isEqualTo(2500);
    assertThat(sizes).containsExactly(1000, 1000, 500);
  }

  @Test
  void whatIsKeptAgainWhileASweepRunsStays() throws IOException {
    var id = keep(octets(7));
    age(id);

    long removed =
        blobs.sweep(
            Instant.now().minusSeconds(3600),
            _ -> {
              keptAgain(7);
              return Set.of();
            });

    assertThat(removed).isZero();
    assertThat(read(id)).isEqualTo(octets(7));
  }

  private void keptAgain(int size) {
    try {
      keep(octets(size));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void manyKeepTheSameContentWhileSweepsRun() throws Exception {
    var octets = octets(5000);
    Callable<BlobId> task =
        () -> {
          BlobId id = keep(octets);
          for (int i = 0; i < 50; i++) {
            id = keep(octets);
            assertThat(read(id)).isEqualTo(octets);
          }
          return id;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BlobId>> running =
          IntStream.range(0, 16).mapToObj(_ -> threads.submit(task)).toList();
      while (running.stream().anyMatch(future -> !future.isDone())) {
        blobs.sweep(Instant.now().minusSeconds(60), _ -> Set.of());
      }
      var ids = new HashSet<BlobId>();
      for (var future : running) {
        ids.add(future.get());
      }
      assertThat(ids).hasSize(1);
    }
    assertThat(temporaryFiles()).isEmpty();
  }
}
