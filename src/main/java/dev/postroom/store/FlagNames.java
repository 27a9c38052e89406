package dev.postroom.store;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What the bits of flags mean in a folder at one moment. Any thread. */
final class FlagNames {
  private static final FlagNames SYSTEM_FLAGS_ONLY = new FlagNames(new Keywords());

  private final Keywords keywords;
  private final Set<String> names;
  private final Map<Long, Set<String>> decoded = new ConcurrentHashMap<>();

  private FlagNames(Keywords keywords) {
    this.keywords = keywords;
    this.names = Collections.unmodifiableSet(new TreeSet<>(keywords.names()));
  }

  /** Takes the keywords over: nobody changes them any more. */
  static FlagNames of(Keywords keywords) {
    return keywords.names().isEmpty() ? SYSTEM_FLAGS_ONLY : new FlagNames(keywords);
  }

  /** These names as they are, the object they were known by where they are the same. */
  FlagNames or(FlagNames known) {
    return bits().equals(known.bits()) ? known : this;
  }

  private SortedMap<Integer, String> bits() {
    return keywords.byBit();
  }

  Set<String> keywords() {
    return names;
  }

  /** Sorted, so that equal flags are told in equal words; one object for equal bits. */
  Set<String> decode(long bits) {
    return decoded.computeIfAbsent(
        bits, some -> Collections.unmodifiableSet(new TreeSet<>(keywords.namesOf(some))));
  }

  /** The bits of flags; absent when one of them is a keyword that the folder does not know. */
  OptionalLong encode(Collection<String> flags) {
    long bits = 0;
    for (var flag : flags) {
      long one = keywords.encode(Set.of(flag));
      if (one == 0) {
        return OptionalLong.empty();
      }
      bits |= one;
    }
    return OptionalLong.of(bits);
  }

  /** The bits of those flags that the folder knows. */
  long encodeKnown(Collection<String> flags) {
    return keywords.encode(flags);
  }
}
