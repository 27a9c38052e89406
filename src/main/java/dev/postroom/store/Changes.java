package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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

  private final Subscribers<Runnable> ofFolders = new Subscribers<>();
  private final Subscribers<Consumer<List<MailboxNotice>>> ofMailboxes = new Subscribers<>();
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
    return ofFolders.add(folderId, wake);
  }

  /**
   * Hears of everything that changes in a mailbox.
   *
   * @param listener called with what one transaction has done, by the thread that has changed it,
   *     must not block
   */
  public Subscription listen(long mailboxId, Consumer<List<MailboxNotice>> listener) {
    return ofMailboxes.add(mailboxId, listener);
  }

  /** Notes that the running transaction adds or removes messages; announced when it commits. */
  void changed(long mailboxId, Iterable<Long> folderIds) {
    for (var id : folderIds) {
      note(mailboxId, new MailboxNotice.Messages(id));
    }
  }

  /** Notes that these folders are not what they were, though their messages are. */
  void touched(Iterable<Long> folderIds) {
    folderIds.forEach(noted().touched::add);
  }

  /** Notes what the running transaction does; announced when it commits. */
  void note(long mailboxId, MailboxNotice notice) {
    noted().all.add(new Noted(mailboxId, notice));
  }

  private NotedChanges noted() {
    var noted = (NotedChanges) registry.getResource(Changes.class);
    if (noted == null) {
      noted = new NotedChanges();
      registry.putResource(Changes.class, noted);
      transactions.onCommit(noted::announce);
    }
    return noted;
  }

  /** Wakes whoever has the folder open, at once. */
  void announceFolder(long folderId) {
    ofFolders.forEach(folderId, Runnable::run);
  }

  /** To those who listen to the mailbox. */
  void announce(long mailboxId, List<MailboxNotice> notices) {
    ofMailboxes.forEach(mailboxId, listener -> listener.accept(notices));
  }

  /** Who wants to be told of what, by id. */
  private static final class Subscribers<T> {
    /** Compared by identity: the same may subscribe twice. */
    private static final class Subscriber<T> {
      private final T target;

      Subscriber(T target) {
        this.target = target;
      }
    }

    private final Map<Long, Set<Subscriber<T>>> all = new ConcurrentHashMap<>();

    Subscription add(long id, T target) {
      var subscriber = new Subscriber<T>(target);
      all.compute(
          id,
          (_, others) -> {
            var together = others == null ? ConcurrentHashMap.<Subscriber<T>>newKeySet() : others;
            together.add(subscriber);
            return together;
          });
      return () -> remove(id, subscriber);
    }

    private void remove(long id, Subscriber<T> subscriber) {
      all.computeIfPresent(
          id, (_, others) -> others.remove(subscriber) && others.isEmpty() ? null : others);
    }

    void forEach(long id, Consumer<T> tell) {
      for (var subscriber : all.getOrDefault(id, Set.of())) {
        try {
          tell.accept(subscriber.target);
        } catch (RuntimeException failed) {
          LOG.error("a session could not be told", failed); // the others are told all the same
        }
      }
    }
  }

  private record Noted(long mailboxId, MailboxNotice notice) {}

  /** What one transaction has done so far. */
  private final class NotedChanges {
    private final List<Noted> all = new ArrayList<>();
    private final Set<Long> touched = new LinkedHashSet<>(0);

    void announce() {
      var folders = new LinkedHashSet<>(touched);
      var mailboxes = new LinkedHashMap<Long, List<MailboxNotice>>();
      for (var noted : all) {
        folderOf(noted.notice).ifPresent(folders::add);
        mailboxes.computeIfAbsent(noted.mailboxId, _ -> new ArrayList<>()).add(noted.notice);
      }
      folders.forEach(Changes.this::announceFolder);
      mailboxes.forEach(Changes.this::announce);
    }
  }

  private static OptionalLong folderOf(MailboxNotice notice) {
    return switch (notice) {
      case MailboxNotice.Messages(var id) -> OptionalLong.of(id);
      case MailboxNotice.Flags(var id) -> OptionalLong.of(id);
      case MailboxNotice.Created _,
          MailboxNotice.Deleted _,
          MailboxNotice.Renamed _,
          MailboxNotice.Annotated _,
          MailboxNotice.SubscriptionChanged _ ->
          OptionalLong.empty();
    };
  }
}
