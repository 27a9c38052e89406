package dev.postroom.imap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.store.MailboxStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What SORT compares, from the summaries in the index; of the messages sorted last it is kept.
 * Clients sort the same folder again and again. Any thread.
 */
final class SortFields {
  private final Cache<Long, Sortable> known;

  SortFields(long maxOctets) {
    known =
        Caffeine.newBuilder()
            .maximumWeight(maxOctets)
            .weigher((Long _, Sortable fields) -> fields.cost())
            .build();
  }

  /** By content id; absent for contents that are gone. */
  Map<Long, Sortable> of(MailboxStore mailbox, Collection<Long> contentIds) {
    var fields = HashMap.<Long, Sortable>newHashMap(contentIds.size());
    var missing = new ArrayList<Long>();
    for (var id : contentIds) {
      var sortable = known.getIfPresent(id);
      if (sortable == null) {
        missing.add(id);
      } else {
        fields.put(id, sortable);
      }
    }
    mailbox
        .summaries(missing)
        .forEach(
            (id, summary) -> {
              var sortable = Sortable.of(summary.envelope());
              known.put(id, sortable);
              fields.put(id, sortable);
            });
    return fields;
  }
}
