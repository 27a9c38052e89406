package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells open sessions that a folder has changed, after the change has committed. What changed is
 * asked of {@link MailboxStore#since}, so a lost or doubled call does no harm.
 */
@ApplicationScoped
public class Changes {
  private static final Logger LOG = Logger.getLogger(Changes.class);

  /** Ends a subscription; ending it twice does nothing. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  private final Map<Long, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();
  private final TransactionSynchronizationRegistry registry;
  private final Transactions transactions;

  @Inject
  Changes(TransactionSynchronizationRegistry registry, Transactions transactions) {
    this.registry = registry;
    this.transactions = transactions;
  }

  /**
   * @param wake called from any thread, must not block
   */
  public Subscription subscribe(long folderId, Runnable wake) {
    var subscriber = new Subscriber(wake);
    subscribers.compute(
        folderId,
        (_, others) -> {
          var all = others == null ? ConcurrentHashMap.<Subscriber>newKeySet() : others;
          all.add(subscriber);
          return all;
        });
    return () -> unsubscribe(folderId, subscriber);
  }

  private void unsubscribe(long folderId, Subscriber subscriber) {
    subscribers.computeIfPresent(
        folderId, (_, others) -> others.remove(subscriber) && others.isEmpty() ? null : others);
  }

  /** Notes that the running transaction changes these folders; announced when it commits. */
  void changed(Iterable<Long> folderIds) {
    var noted = (NotedChanges) registry.getResource(Changes.class);
    if (noted == null) {
      noted = new NotedChanges();
      registry.putResource(Changes.class, noted);
      transactions.onCommit(noted::announce);
    }
    for (var id : folderIds) {
      noted.folderIds.add(id);
    }
  }

  private void announce(long folderId) {
    for (var subscriber : subscribers.getOrDefault(folderId, Set.of())) {
      subscriber.wake();
    }
  }

  /** Compared by identity: the same {@code Runnable} may subscribe twice. */
  private static final class Subscriber {
    private final Runnable wake;

    Subscriber(Runnable wake) {
      this.wake = wake;
    }

    /** One that fails must not keep the others asleep. */
    void wake() {
      try {
        wake.run();
      } catch (RuntimeException failed) {
        LOG.error("a session could not be woken", failed);
      }
    }
  }

  /** The folders that one transaction has changed so far. */
  private final class NotedChanges {
    private final Set<Long> folderIds = new HashSet<>();

    void announce() {
      folderIds.forEach(Changes.this::announce);
    }
  }
}
