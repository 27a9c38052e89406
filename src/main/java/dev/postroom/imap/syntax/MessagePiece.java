package dev.postroom.imap.syntax;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of APPEND or REPLACE: the text up to the next literal that belongs to a message, or to
 * the end of the command. The octets of that literal are not part of it.
 *
 * @param then what is expected behind the literal
 */
public record MessagePiece(List<Event> events, Place then) {
  public MessagePiece {
    events = List.copyOf(events);
  }

  /** What a piece says, in its order. */
  public sealed interface Event {
    /** A message begins. */
    record Begin(Set<String> flags, @Nullable Instant internalDate) implements Event {
      public Begin {
        flags = Set.copyOf(flags);
      }
    }

    /** What an IMAP URL names is added to it (RFC 4469 §2). */
    record Url(String url) implements Event {}

    /**
     * The octets that follow the piece are added to it: always the last event.
     *
     * @param whole whether they are the whole message
     */
    record Literal(LiteralMark mark, boolean whole) implements Event {}

    /** The message ends. */
    record End() implements Event {}
  }

  /** Where in the grammar a piece begins. */
  public enum Place {
    /** A message must come. */
    MESSAGE,
    /** The message is whole. */
    MESSAGE_END,
    /** The parenthesis that closes UTF8 (RFC 6855 §4). */
    UTF8_END,
    /** Inside CATENATE, a part must come. */
    PART,
    /** Inside CATENATE, after a part. */
    PART_END,
    /** Inside CATENATE, the parenthesis that closes UTF8. */
    PART_UTF8_END,
    /** Another message may come (RFC 3502). */
    NEXT,
    /** The command is complete. */
    COMMAND_END
  }

  /** The command ends here. */
  public boolean isLast() {
    return then == Place.COMMAND_END;
  }

  /** The announcement of the octets that follow. */
  public Optional<LiteralMark> literal() {
    return !events.isEmpty() && events.getLast() instanceof Event.Literal(var mark, _)
        ? Optional.of(mark)
        : Optional.empty();
  }

  /** Nothing but one message in one literal, as far as this piece goes. */
  public boolean isPlain() {
    return events.size() == 2 && events.getLast() instanceof Event.Literal(_, var whole) && whole;
  }
}
