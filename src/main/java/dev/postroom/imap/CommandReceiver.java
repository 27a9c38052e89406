package dev.postroom.imap;

import dev.postroom.imap.syntax.CommandParser;
import dev.postroom.imap.syntax.ImapSyntaxException;
import dev.postroom.imap.syntax.LiteralMark;
import dev.postroom.imap.syntax.MessageParser;
import dev.postroom.imap.syntax.MessagePiece;
import dev.postroom.imap.syntax.MessagePiece.Place;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.TaggedCommand;
import dev.postroom.net.LineTooLongException;
import dev.postroom.net.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Reads one command after the other: lines, and the literals that their ends announce (RFC 3501
 * §4.3, RFC 7888). All but the messages of APPEND and REPLACE are held, up to a limit.
 */
final class CommandReceiver {
  /** What the client sent. */
  sealed interface Received {
    /** A whole command, to be parsed. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Whole(byte[] octets) implements Received {}

    /** APPEND or REPLACE up to its message, whose octets have not been read. */
    record AppendHead(TaggedCommand head) implements Received {}

    /** What cannot be taken; the conversation can go on. */
    record Refused(String tag, String why) implements Received {}
  }

  /** A literal that was not asked for and is too large: so much is read past, no more. */
  static final long MAX_SKIPPED = 1024 * 1024;

  private static final byte[] CRLF = {'\r', '\n'};

  private final Wire wire;
  private final ResponseWriter out;

  CommandReceiver(Wire wire, ResponseWriter out) {
    this.wire = wire;
    this.out = out;
  }

  /**
   * @param maxOctets of the whole command
   */
  Received receive(int maxOctets) throws IOException {
    var command = new ByteArrayOutputStream(128);
    while (true) {
      var line = line(Math.max(maxOctets - command.size(), 2));
      command.write(line);
      var mark = LiteralMark.at(line).orElse(null);
      if (mark == null) {
        return new Received.Whole(command.toByteArray());
      }
      command.write(CRLF);
      var head = CommandParser.appendHead(command.toByteArray(), out.form());
      if (head.isPresent()) {
        return new Received.AppendHead(head.get());
      }
      if (mark.size() > maxOctets - command.size()) {
        return tooLarge(command, mark, maxOctets);
      }
      hold(mark, command);
    }
  }

  private byte[] line(int maxOctets) throws IOException {
    try {
      return wire.readLine(maxOctets).octets();
    } catch (LineTooLongException _) {
      // its end, dropped with the rest, may have announced a literal
      throw new OversizedException("the command is too long");
    }
  }

  private Received tooLarge(ByteArrayOutputStream command, LiteralMark literal, int maxOctets)
      throws IOException {
    skipUnasked(literal, maxOctets);
    return refused(command, "a literal makes the command longer than " + maxOctets + " octets");
  }

  private void skipUnasked(LiteralMark first, int maxLine) throws IOException {
    skipRest(first, maxLine, MAX_SKIPPED);
  }

  /**
   * Reads on to where the next command begins; a client that waits has not sent more.
   *
   * @throws OversizedException when a literal is too large even for that (RFC 7888 §4)
   */
  void skipRest(LiteralMark first, int maxLine, long mostOctets) throws IOException {
    var mark = first;
    while (mark != null && !mark.waits()) {
      if (mark.size() > mostOctets) {
        throw new OversizedException("a literal of " + mark.size() + " octets is not taken");
      }
      read(mark.size(), OutputStream.nullOutputStream());
      mark = LiteralMark.at(line(maxLine)).orElse(null);
    }
  }

  private static Received refused(ByteArrayOutputStream command, String why) {
    return new Received.Refused(CommandParser.tagOf(command.toByteArray()), why);
  }

  /**
   * The next piece of APPEND or REPLACE, behind a literal that belongs to a message.
   *
   * @throws ImapSyntaxException when it is malformed; the whole command has been read then
   */
  MessagePiece next(Place from, int maxOctets) throws IOException, ImapSyntaxException {
    var piece = new ByteArrayOutputStream(16);
    while (true) {
      var line = line(Math.max(maxOctets - piece.size(), 2));
      piece.write(line);
      var mark = LiteralMark.at(line).orElse(null);
      if (mark == null) {
        return MessageParser.last(piece.toByteArray(), from);
      }
      piece.write(CRLF);
      var open = MessageParser.open(piece.toByteArray(), from);
      if (open.isPresent()) {
        return open.get();
      }
      if (mark.size() > maxOctets - piece.size()) {
        skipUnasked(mark, maxOctets);
        throw new ImapSyntaxException("a literal makes the command too long");
      }
      hold(mark, piece);
    }
  }

  private void hold(LiteralMark literal, ByteArrayOutputStream command) throws IOException {
    if (literal.waits()) {
      goOn();
    }
    read(literal.size(), command);
  }

  void goOn() throws IOException {
    out.raw("+ go on").crlf().flush();
  }

  /** Hands exactly {@code count} octets on as they come. */
  void read(long count, OutputStream to) throws IOException {
    out.flush();
    long left = count;
    while (left > 0) {
      ByteBuffer there = wire.peek();
      int taken = (int) Math.min(left, there.remaining());
      var octets = new byte[taken];
      there.get(octets);
      wire.consume(taken);
      to.write(octets, 0, taken);
      left -= taken;
    }
  }
}
