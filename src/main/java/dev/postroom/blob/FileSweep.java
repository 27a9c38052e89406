package dev.postroom.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** One walk over all files, to remove those that nothing refers to. */
final class FileSweep {
  private static final int BATCH = 1000;
  private static final String SHARE = "[0-9a-f]".repeat(2);
  private static final String NAME = "[0-9a-f]".repeat(64);

  /** Removes a file if it is old under its lock, too. */
  @FunctionalInterface
  interface Remove {
    boolean removeIfOld(BlobId id, Instant before) throws IOException;
  }

  private final Path directory;
  private final Instant before;
  private final Function<Set<BlobId>, Set<BlobId>> referenced;
  private final Remove remove;
  private final Set<BlobId> batch = new HashSet<>();
  private long removed;

  FileSweep(
      Path directory,
      Instant before,
      Function<Set<BlobId>, Set<BlobId>> referenced,
      Remove remove) {
    this.directory = directory;
    this.before = before;
    this.referenced = referenced;
    this.remove = remove;
  }

  long run() throws IOException {
    try (var shares = Files.newDirectoryStream(directory, SHARE)) {
      for (var share : shares) {
        try (var files = Files.newDirectoryStream(share, NAME)) {
          collect(files);
        }
      }
    }
    removeUnreferenced();
    return removed;
  }

  private void collect(DirectoryStream<Path> files) throws IOException {
    for (var file : files) {
      if (isOld(file)) {
        batch.add(new BlobId(file.getFileName().toString()));
      }
      if (batch.size() == BATCH) {
        removeUnreferenced();
      }
    }
  }

  private boolean isOld(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private void removeUnreferenced() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    batch.removeAll(referenced.apply(Set.copyOf(batch)));
    for (var id : batch) {
      if (remove.removeIfOld(id, before)) {
        removed++;
      }
    }
    batch.clear();
  }
}
