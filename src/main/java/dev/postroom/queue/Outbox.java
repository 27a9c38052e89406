package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The queue as others see it. */
@ApplicationScoped
public class Outbox {
  private final AgroalDataSource database;
  private final TransactionSynchronizationRegistry transaction;
  private final QueueConfig config;
  private final Clock clock;
  private final Doorbell doorbell;

  public Outbox(
      AgroalDataSource database,
      TransactionSynchronizationRegistry transaction,
      QueueConfig config,
      Clock clock,
      Doorbell doorbell) {
    this.database = database;
    this.transaction = transaction;
    this.config = config;
    this.clock = clock;
    this.doorbell = doorbell;
  }

  /**
   * Queues them inside the caller's transaction, in one batch; they are sent when it has committed.
   */
  @Transactional
  public void enqueue(List<Outgoing> messages) {
    if (messages.isEmpty()) {
      return;
    }
    var now = clock.instant();
    try (var connection = database.getConnection()) {
      var turns = QueueTable.insert(connection, messages, now, config);
      transaction.registerInterposedSynchronization(new RingAfterCommit(turns));
    } catch (SQLException failed) {
      throw new QueueUnavailableException("cannot queue " + messages.size() + " messages", failed);
    }
  }

  /** What waits, the oldest first; the search is in sender and recipient. */
  @Transactional
  public Listing<QueuedMessage> list(Viewer viewer, PageRequest request) {
    return list(viewer, Selection.search(request.search()), request);
  }

  /** The search of the request is not looked at: the selection has one. */
  @Transactional
  public Listing<QueuedMessage> list(Viewer viewer, Selection selection, PageRequest request) {
    try (var connection = database.getConnection()) {
      return QueueListing.page(connection, viewer, selection, request, clock.instant());
    } catch (SQLException failed) {
      throw new QueueUnavailableException("cannot list the queue", failed);
    }
  }

  @Transactional
  public long count(Viewer viewer) {
    try (var connection = database.getConnection()) {
      return QueueListing.count(connection, viewer, Selection.ALL, clock.instant());
    } catch (SQLException failed) {
      throw new QueueUnavailableException("cannot count the queue", failed);
    }
  }

  /** Which of these blobs the queue still needs. */
  @Transactional
  public Set<BlobId> referenced(Set<BlobId> blobs) {
    try (var connection = database.getConnection()) {
      return QueueTable.referenced(connection, blobs);
    } catch (SQLException failed) {
      throw new QueueUnavailableException("cannot look blobs up in the queue", failed);
    }
  }

  private final class RingAfterCommit implements Synchronization {
    private final Set<Turn> turns;

    RingAfterCommit(Set<Turn> turns) {
      this.turns = turns;
    }

    @Override
    public void beforeCompletion() {
      // nothing to do before it is certain
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        doorbell.ring(turns);
      }
    }
  }
}
