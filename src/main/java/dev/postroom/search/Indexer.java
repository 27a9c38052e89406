package dev.postroom.search;

import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Brings the index of folders up to date, one folder after the other on one thread: those that the
 * regular look at the database finds, and those that a search asks for. Deliveries do nothing.
 */
@ApplicationScoped
class Indexer {
  private static final Logger LOG = Logger.getLogger(Indexer.class);

  /** Folders (their ids) of one look, so that none takes long however many there are. */
  private static final int FOLDERS = 20_000;

  private final Segments segments;
  private final FolderIndexing indexing;
  private final SearchConfig config;
  private volatile long looked;
  private final Set<Folder> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("search-index").factory());

  Indexer(Segments segments, FolderIndexing indexing, SearchConfig config, SearchMeters meters) {
    this.segments = segments;
    this.indexing = indexing;
    this.config = config;
    meters.waiting(waiting);
  }

  @Scheduled(
      every = "{postroom.search.every}",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (waiting.isEmpty()) {
      long last = looked + FOLDERS;
      segments.lagging(config.lag(), looked + 1, last).forEach(this::wanted);
      looked = last < segments.lastFolder() ? last : 0;
    }
  }

  /** Has a folder indexed soon; not at all when too many wait already. */
  void wanted(Folder folder) {
    if (waiting.size() < config.queue() && waiting.add(folder)) {
      thread.execute(() -> index(folder));
    }
  }

  private void index(Folder folder) {
    try {
      if (!thread.isShutdown()) {
        indexing.index(folder);
      }
    } catch (RuntimeException failed) {
      if (thread.isShutdown()) {
        LOG.debugf("folder %d was being indexed when the server stopped", folder.id());
      } else {
        LOG.warnf(failed, "folder %d is not indexed, it will be tried again", folder.id());
      }
    } finally {
      waiting.remove(folder);
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdown();
  }
}
