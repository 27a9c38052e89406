package dev.postroom.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Blobs as files of one directory, named by their content: {@code ab/abcd...}.
 *
 * <p>A blob is written to {@code tmp/}, synced, and only then renamed, so a file in its place is
 * always whole. Renaming and removing one name happen under the same lock of {@link NameLocks}: a
 * sweep never removes what was kept again a moment ago. Several processes may write to the same
 * directory, one of them may sweep it.
 */
final class FileBlobs implements Blobs {
  private static final Logger LOG = Logger.getLogger(FileBlobs.class);

  private final Path directory;
  private final Path temporary;
  private final BlobConfig config;
  private final Clock clock;
  private final NameLocks locks = new NameLocks();

  FileBlobs(BlobConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.directory = config.directory().toAbsolutePath();
    this.temporary = directory.resolve("tmp");
  }

  void prepare() throws IOException {
    Directories.make(temporary);
    removeAbandoned();
  }

  Path temporary() {
    return temporary;
  }

  @Override
  public BlobWriter write() throws IOException {
    checkReserve();
    return new FileBlobWriter(temporary.resolve(UUID.randomUUID().toString()), this::settle);
  }

  void checkReserve() throws IOException {
    if (directory.toFile().getUsableSpace() < config.reserve().asLongValue()) {
      throw new IOException("the disk under " + directory + " is full but for its reserve");
    }
  }

  /**
   * Moves a synced file to its place. Content that is there already is replaced by itself, which
   * gives it the fresh modification time that {@link #sweep} goes by.
   */
  private void settle(Path written, BlobId id) throws IOException {
    var folder = folderOf(id);
    Directories.make(folder);
    var lock = locks.of(id);
    lock.lock();
    try {
      Files.move(written, folder.resolve(id.name()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      lock.unlock();
    }
    Directories.sync(folder);
  }

  private Path folderOf(BlobId id) {
    return directory.resolve(id.name().substring(0, 2));
  }

  private Path path(BlobId id) {
    return folderOf(id).resolve(id.name());
  }

  @Override
  public Blob open(BlobId id) throws IOException {
    return FileBlob.open(path(id));
  }

  @Override
  public void probe() throws IOException {
    try (var writer = write()) {
      writer.write(0);
      writer.flush();
    }
  }

  @Override
  public long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced)
      throws IOException {
    removeAbandoned();
    return new FileSweep(directory, before, referenced, this::removeIfOld).run();
  }

  /** The last look before removing: it may have been kept again since it was found. */
  private boolean removeIfOld(BlobId id, Instant before) throws IOException {
    var lock = locks.of(id);
    lock.lock();
    try {
      var file = path(id);
      if (!Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        return false;
      }
      Files.delete(file);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void removeAbandoned() throws IOException {
    var oldest = clock.instant().minus(config.temporaryLifetime());
    int removed = 0;
    try (var files = Files.newDirectoryStream(temporary)) {
      for (var file : files) {
        if (isOlder(file, oldest) && Files.deleteIfExists(file)) {
          removed++;
        }
      }
    }
    if (removed > 0) {
      LOG.infof("removed %d unfinished files from %s", removed, temporary);
    }
  }

  private static boolean isOlder(Path file, Instant moment) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
    } catch (NoSuchFileException _) {
      return false; // its writer has finished
    }
  }
}
