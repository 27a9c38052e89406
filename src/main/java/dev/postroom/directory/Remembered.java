package dev.postroom.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Answers of the directory that are kept for a few seconds.
 *
 * <p>Any thread. Each answer carries the generation in which it was read, and {@link #forget}
 * begins a new one, so that an answer which was being read meanwhile is not believed afterwards
 * either.
 */
final class Remembered<K, V> {
  private record Answer<V>(long generation, V value) {}

  private final Cache<K, Answer<V>> answers;
  private final Function<K, V> look;
  private final AtomicLong generation = new AtomicLong();

  Remembered(DirectoryConfig config, Function<K, V> look) {
    this.look = look;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(config.recipientCacheSize())
            .expireAfterWrite(config.recipientCacheTime())
            .build();
  }

  V get(K key) {
    long now = generation.get();
    var known = answers.getIfPresent(key);
    if (known != null && known.generation() == now) {
      return known.value();
    }
    var value = look.apply(key);
    answers.put(key, new Answer<>(now, value));
    return value;
  }

  void forget() {
    generation.incrementAndGet();
  }
}
