package dev.postroom.imap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.message.MessageEnvelope;
import dev.postroom.store.MailboxStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * ENVELOPE (RFC 3501 §7.4.2) of messages, as the octets that go out. Those asked for last are kept:
 * a content never changes. Any thread.
 */
final class Envelopes {
  /** What an entry costs beside its octets. */
  private static final int OVERHEAD = 128;

  private final Cache<Long, byte[]> known;

  Envelopes(long maxOctets) {
    known =
        Caffeine.newBuilder()
            .maximumWeight(maxOctets)
            .weigher((Long _, byte[] octets) -> OVERHEAD + octets.length)
            .build();
  }

  /** By content id; absent for contents that are gone. */
  Map<Long, byte[]> of(MailboxStore mailbox, Collection<Long> contentIds) {
    var envelopes = HashMap.<Long, byte[]>newHashMap(contentIds.size());
    var missing = new ArrayList<Long>();
    for (var id : contentIds) {
      var octets = known.getIfPresent(id);
      if (octets == null) {
        missing.add(id);
      } else {
        envelopes.put(id, octets);
      }
    }
    mailbox
        .summaries(missing)
        .forEach(
            (id, summary) -> {
              var octets = written(summary.envelope());
              known.put(id, octets);
              envelopes.put(id, octets);
            });
    return envelopes;
  }

  private static byte[] written(MessageEnvelope envelope) {
    var octets = new ByteArrayOutputStream(512);
    var out = new ResponseWriter(octets::write);
    try {
      new StructureWriter(out).envelope(envelope);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return octets.toByteArray();
  }
}
