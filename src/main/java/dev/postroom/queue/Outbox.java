package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The queue as others see it. */
@ApplicationScoped
public class Outbox {
  /**
   * Queues them inside the caller's transaction, in one batch; they are sent when it has committed.
   */
  public void enqueue(List<Outgoing> messages) {
    throw new UnsupportedOperationException();
  }

  /** What waits, the oldest first; the search is in sender and recipient. */
  public Listing<QueuedMessage> list(Viewer viewer, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public long count(Viewer viewer) {
    throw new UnsupportedOperationException();
  }

  /** Which of these blobs the queue still needs. */
  public Set<BlobId> referenced(Set<BlobId> blobs) {
    throw new UnsupportedOperationException();
  }
}
