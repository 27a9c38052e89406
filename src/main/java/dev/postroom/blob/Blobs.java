package dev.postroom.blob;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/** The blob store. All methods may block on a disk: call them from virtual or worker threads. */
public interface Blobs {
  BlobWriter write() throws IOException;

  /**
   * @throws java.nio.file.NoSuchFileException when there is none of that name
   */
  Blob open(BlobId id) throws IOException;

  /**
   * @throws IOException when nothing can be written as things stand
   */
  void probe() throws IOException;

  /**
   * Removes what nothing refers to any more: blobs last kept before {@code before} that {@code
   * referenced} does not return.
   *
   * @param referenced asked with a batch of names, answers with those still in use
   * @return how many were removed
   */
  long sweep(Instant before, Function<Set<BlobId>, Set<BlobId>> referenced) throws IOException;
}
