package dev.postroom.imap;

import dev.postroom.blob.Blobs;
import dev.postroom.message.Preview;
import dev.postroom.store.MailboxStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * PREVIEW (RFC 8970). Nobody makes them when a message arrives: the first who asks does, and the
 * index keeps them from then on.
 */
record Previews(MailboxStore mailbox, Blobs blobs) {
  private static final Logger LOG = Logger.getLogger(Previews.class);

  /**
   * By content id.
   *
   * @param lazy only those that are known already (RFC 8970 §4.1)
   */
  Map<Long, String> of(Collection<Long> contentIds, boolean lazy) {
    var previews = new HashMap<>(mailbox.previews(contentIds));
    var missing = new HashSet<>(contentIds);
    missing.removeAll(previews.keySet());
    if (!lazy && !missing.isEmpty()) {
      var made = make(missing);
      mailbox.keepPreviews(made);
      previews.putAll(made);
    }
    return previews;
  }

  private Map<Long, String> make(Collection<Long> contentIds) {
    var made = new HashMap<Long, String>();
    var places = mailbox.blobs(contentIds);
    mailbox
        .summaries(contentIds)
        .forEach(
            (id, summary) -> {
              try (var octets = new MessageOctets(blobs, places.get(id))) {
                made.put(id, Preview.of(summary.body(), octets::read));
              } catch (IOException | RuntimeException failed) {
                LOG.warnf(failed, "no preview of content %d", id);
              }
            });
    return made;
  }
}
