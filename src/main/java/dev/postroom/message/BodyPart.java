package dev.postroom.message;

import java.util.List;
import java.util.Optional;

/** A node of a message's MIME structure (RFC 2046), with where it stands in the message. */
public sealed interface BodyPart {
  /**
   * Octet positions in the whole message, 0 being its first.
   *
   * @param header where the header of this part begins; it ends at {@code body}
   * @param body where the content begins
   * @param end just after the content; the line end before a delimiter is not content (RFC 2046
   *     §5.1.1)
   */
  record Extent(long header, long body, long end) {
    public long headerSize() {
      return body - header;
    }

    public long bodySize() {
      return end - body;
    }
  }

  /** A part without parts. */
  record Single(MimeFields fields, Extent extent, long lines) implements BodyPart {}

  /** A multipart, with one part at least. */
  record Multi(MimeFields fields, Extent extent, List<BodyPart> parts) implements BodyPart {
    public Multi {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A message in a message (message/rfc822).
   *
   * @param body the inner message's structure; its extent's header is the inner message's header
   */
  record Embedded(
      MimeFields fields, Extent extent, long lines, MessageEnvelope envelope, BodyPart body)
      implements BodyPart {}

  MimeFields fields();

  Extent extent();

  /**
   * The part of that number in the message whose body this is (RFC 3501 §6.4.5): {@code 2.1}. A
   * body that is no multipart is its message's part 1.
   *
   * @param path not empty
   */
  default Optional<BodyPart> part(List<Integer> path) {
    if (this instanceof Multi) {
      return below(path);
    }
    return path.getFirst() == 1 ? below(path.subList(1, path.size())) : Optional.empty();
  }

  private Optional<BodyPart> below(List<Integer> path) {
    if (path.isEmpty()) {
      return Optional.of(this);
    }
    return switch (this) {
      case Single _ -> Optional.empty();
      case Embedded embedded -> embedded.body().part(path);
      case Multi(_, _, var parts) -> {
        int number = path.getFirst();
        yield number < 1 || number > parts.size()
            ? Optional.empty()
            : parts.get(number - 1).below(path.subList(1, path.size()));
      }
    };
  }
}
