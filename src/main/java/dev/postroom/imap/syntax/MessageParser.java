package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.MessagePiece.Event;
import dev.postroom.imap.syntax.MessagePiece.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of APPEND and REPLACE (RFC 3501 §6.3.11, RFC 3502, RFC 3516 §4.4, RFC 4469 §5, RFC
 * 6855 §4), a piece at a time.
 */
public final class MessageParser {
  private final Tokens in;
  private final List<Event> events = new ArrayList<>(2);

  private MessageParser(Tokens in) {
    this.in = in;
  }

  /**
   * The piece that the octets are, up to a message's literal or the end of the command. Empty when
   * they end with the announcement of another literal, whose octets belong to the piece.
   */
  public static Optional<MessagePiece> open(byte[] octets, Place from) {
    try {
      var piece = parse(new Tokens(octets), from);
      return piece.isLast() ? Optional.empty() : Optional.of(piece);
    } catch (ImapSyntaxException _) {
      return Optional.empty(); // read on: the whole piece will be refused
    }
  }

  /** The last piece of a command. */
  public static MessagePiece last(byte[] octets, Place from) throws ImapSyntaxException {
    return last(new Tokens(octets), from);
  }

  static MessagePiece last(Tokens in, Place from) throws ImapSyntaxException {
    var piece = parse(in, from);
    if (!piece.isLast()) {
      throw new ImapSyntaxException("a literal is not complete");
    }
    return piece;
  }

  static MessagePiece parse(Tokens in, Place from) throws ImapSyntaxException {
    var parser = new MessageParser(in);
    var place = from;
    do {
      place = parser.step(place);
    } while (place != Place.COMMAND_END && !in.atEnd() || place == Place.NEXT);
    var piece = new MessagePiece(parser.events, place);
    if (!piece.isLast() && piece.literal().isEmpty()) {
      throw new ImapSyntaxException("the message is not complete");
    }
    return piece;
  }

  private Place step(Place place) throws ImapSyntaxException {
    return switch (place) {
      case MESSAGE -> message();
      case MESSAGE_END -> messageEnds();
      case UTF8_END -> {
        in.expect(')');
        yield messageEnds();
      }
      case PART -> part();
      case PART_END -> {
        if (in.skip(')')) {
          yield messageEnds();
        }
        in.space();
        yield part();
      }
      case PART_UTF8_END -> {
        in.expect(')');
        yield Place.PART_END;
      }
      case NEXT -> next();
      case COMMAND_END -> throw new IllegalStateException("nothing follows a command");
    };
  }

  private Place messageEnds() {
    events.add(new Event.End());
    return Place.NEXT;
  }

  private Place next() throws ImapSyntaxException {
    if (in.atEnd()) {
      return Place.COMMAND_END;
    }
    in.space();
    if (in.atEnd()) {
      return Place.COMMAND_END; // a trailing space harms nobody
    }
    return message();
  }

  private Place message() throws ImapSyntaxException {
    Set<String> flags = Set.of();
    if (in.peek() == '(') {
      flags = FlagParser.list(in);
      in.space();
    }
    Instant date = null;
    if (in.peek() == '"') {
      date = Dates.dateTime(in.string());
      in.space();
    }
    events.add(new Event.Begin(flags, date));
    if (in.peek() == '{' || in.peek() == '~') {
      return literal(true, Place.MESSAGE_END);
    }
    return switch (word()) {
      case "CATENATE" -> {
        in.space();
        in.expect('(');
        yield Place.PART;
      }
      case "UTF8" -> utf8(true, Place.UTF8_END);
      default -> throw noLiteral();
    };
  }

  private String word() throws ImapSyntaxException {
    return in.atEnd() ? "" : in.keyword();
  }

  private Place part() throws ImapSyntaxException {
    return switch (word()) {
      case "URL" -> {
        in.space();
        events.add(new Event.Url(in.astring()));
        yield Place.PART_END;
      }
      case "TEXT" -> {
        in.space();
        yield literal(false, Place.PART_END);
      }
      case "UTF8" -> utf8(false, Place.PART_UTF8_END);
      default -> throw new ImapSyntaxException("a part is a URL or a TEXT");
    };
  }

  private Place utf8(boolean whole, Place then) throws ImapSyntaxException {
    in.space();
    in.expect('(');
    return literal(whole, then);
  }

  private Place literal(boolean whole, Place then) throws ImapSyntaxException {
    var mark = in.openLiteral().orElseThrow(MessageParser::noLiteral);
    events.add(new Event.Literal(mark, whole));
    return then;
  }

  private static ImapSyntaxException noLiteral() {
    return new ImapSyntaxException("the message must be a literal");
  }
}
