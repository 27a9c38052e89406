package dev.postroom.imap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.TextForm;
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
 * ENVELOPE (RFC 3501 §7.4.2) of messages, as the octets that go out. Those asked for last are kept
 * in each form: a content never changes. Any thread.
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
  Map<Long, byte[]> of(MailboxStore mailbox, Collection<Long> contentIds, TextForm form) {
    var envelopes = HashMap.<Long, byte[]>newHashMap(contentIds.size());
    var missing = new ArrayList<Long>();
    for (var id : contentIds) {
      var octets = known.getIfPresent(key(id, form));
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
              var octets = written(summary.envelope(), form);
              known.put(key(id, form), octets);
              envelopes.put(id, octets);
            });
    return envelopes;
  }

  private static long key(long contentId, TextForm form) {
    return switch (form) {
      case ASCII -> contentId;
      case UTF_8 -> -contentId;
    };
  }

  private static byte[] written(MessageEnvelope envelope, TextForm form) {
    var octets = new ByteArrayOutputStream(512);
    var out = new ResponseWriter(octets::write);
    out.speakUtf8(form == TextForm.UTF_8);
    try {
      new StructureWriter(out).envelope(envelope);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return octets.toByteArray();
  }
}
