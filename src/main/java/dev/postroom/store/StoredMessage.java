package dev.postroom.store;

import java.time.Instant;
import java.util.Set;

/**
 * A message in a folder: its row in the index.
 *
 * @param flags system flags with their backslash ({@code \Seen}) and keywords
 * @param internalDate when it was received (RFC 3501 §2.3.3)
 * @param contentId what its octets and summary are kept under
 */
public record StoredMessage(
    long uid, long modSeq, Set<String> flags, Instant internalDate, long size, long contentId) {
  public StoredMessage {
    flags = Set.copyOf(flags);
  }
}
