package dev.postroom.imap.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that FETCH asks of each message (RFC 3501 §6.4.5). */
public sealed interface FetchItem {
  record Flags() implements FetchItem {}

  record Uid() implements FetchItem {}

  record InternalDate() implements FetchItem {}

  record Size() implements FetchItem {}

  /** RFC 8474 §5.1. */
  record EmailId() implements FetchItem {}

  /** RFC 8474 §5.2. */
  record ThreadId() implements FetchItem {}

  /** RFC 8514 §4.2. */
  record SaveDate() implements FetchItem {}

  /** RFC 7162 §3.1.4.2. */
  record ModSeq() implements FetchItem {}

  record Envelope() implements FetchItem {}

  /** BODYSTRUCTURE, or BODY when not {@code extended}. */
  record Structure(boolean extended) implements FetchItem {}

  /**
   * Octets of the message.
   *
   * @param partial null for all of them
   * @param marksSeen whether asking for them sets {@code \Seen}
   * @param label what stands before them in the response: {@code BODY[1.2]<0>}
   */
  record Content(BodySection section, @Nullable Partial partial, boolean marksSeen, String label)
      implements FetchItem {}

  /**
   * Octets of a part without their transfer encoding (RFC 3516 §4.2).
   *
   * @param path empty for the whole message as it stands
   */
  record Binary(List<Integer> path, @Nullable Partial partial, boolean marksSeen, String label)
      implements FetchItem {
    public Binary {
      path = List.copyOf(path);
    }
  }

  /** How many octets {@link Binary} has (RFC 3516 §4.2). */
  record BinarySize(List<Integer> path, String label) implements FetchItem {
    public BinarySize {
      path = List.copyOf(path);
    }
  }

  /**
   * The beginning of the text (RFC 8970).
   *
   * @param lazy only when it is known already
   */
  record Preview(boolean lazy) implements FetchItem {}

  /** A cut of the octets: {@code <offset.length>}. */
  record Partial(long offset, long length) {}
}
