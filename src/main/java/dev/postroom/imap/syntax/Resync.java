package dev.postroom.imap.syntax;

import org.jspecify.annotations.Nullable;

/**
 * What a client knows of a folder from another time (RFC 7162 §3.2.5).
 *
 * @param known the UIDs that it keeps; null for all there were
 * @param match numbers and UIDs that belonged together then; null when it does not tell
 */
public record Resync(
    long uidValidity, long modSeq, @Nullable SequenceSet known, @Nullable Match match) {

  /** The first number is that of the first UID, and so on. */
  public record Match(SequenceSet numbers, SequenceSet uids) {}
}
