package dev.postroom.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folders that sessions have open. The tables of those that were closed last are kept: opening
 * such a folder again asks for nothing but what has changed.
 */
@ApplicationScoped
class LiveFolders {
  private record Key(long mailboxId, long folderId) {}

  private record Open(LiveFolder folder, Changes.Subscription subscription) {}

  private final IndexReader index;
  private final Flagging flagging;
  private final Changes changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Open> open = new HashMap<>(); // guarded by lock
  private final Cache<Key, LiveFolder> closed;

  @Inject
  LiveFolders(IndexReader index, Flagging flagging, Changes changes, StoreConfig config) {
    this.index = index;
    this.flagging = flagging;
    this.changes = changes;
    this.closed =
        Caffeine.newBuilder()
            .maximumWeight(config.closedTables())
            .weigher((Key _, LiveFolder folder) -> 16 + folder.view().count())
            .build();
  }

  FolderWatch watch(long mailboxId, long folderId, Runnable wake) {
    var key = new Key(mailboxId, folderId);
    var watcher = new LiveFolder.Watcher(wake);
    lock.lock();
    try {
      var folder = open.computeIfAbsent(key, this::open).folder();
      folder.watchers().add(watcher);
      return new FolderWatch(folder, () -> leave(key, watcher));
    } finally {
      lock.unlock();
    }
  }

  /** Subscribed before the first look: nothing that happens between the two is missed. */
  private Open open(Key key) {
    var known = closed.asMap().remove(key);
    var folder =
        known == null
            ? new LiveFolder(key.mailboxId, key.folderId, index, flagging, changes)
            : known;
    var subscription = changes.subscribe(key.folderId, folder::changed);
    folder.askAgain();
    return new Open(folder, subscription);
  }

  private void leave(Key key, LiveFolder.Watcher watcher) {
    lock.lock();
    try {
      var left = open.get(key);
      if (left != null
          && left.folder.watchers().remove(watcher)
          && left.folder.watchers().isEmpty()) {
        open.remove(key);
        left.subscription.close();
        closed.put(key, left.folder);
      }
    } finally {
      lock.unlock();
    }
  }
}
