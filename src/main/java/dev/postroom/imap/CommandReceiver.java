package dev.postroom.imap;

import dev.postroom.imap.syntax.CommandParser;
import dev.postroom.imap.syntax.LiteralMark;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.TaggedCommand;
import dev.postroom.net.LineTooLongException;
import dev.postroom.net.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one command after the other: lines, and the literals that their ends announce (RFC 3501
 * §4.3, RFC 7888). All but APPEND's message are held, up to a limit.
 */
final class CommandReceiver {
  /** What the client sent. */
  sealed interface Received {
    /** A whole command, to be parsed. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Whole(byte[] octets) implements Received {}

    /** APPEND up to its message, whose octets have not been read. */
    record AppendHead(TaggedCommand head) implements Received {}

    /** What cannot be taken; the conversation can go on. */
    record Refused(String tag, String why) implements Received {}
  }

  /** A literal that was not asked for and is too large: so much is read past, no more. */
  static final long MAX_SKIPPED = 1024 * 1024;

  private static final int MAX_REST = 1024;
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
      if (mark.waits()) {
        goOn();
      }
      read(mark.size(), command);
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

  /** Reads on to where the next command begins; a client that waits has not sent more. */
  private void skipUnasked(@Nullable LiteralMark first, int maxLine) throws IOException {
    var mark = first;
    while (mark != null && !mark.waits()) {
      skip(mark.size());
      mark = LiteralMark.at(line(maxLine)).orElse(null);
    }
  }

  private static Received refused(ByteArrayOutputStream command, String why) {
    return new Received.Refused(CommandParser.tagOf(command.toByteArray()), why);
  }

  /**
   * After a literal that was the last: whether its command ends there. If not, its rest is read
   * past, other literals included: none of it is taken for commands.
   */
  boolean commandEnds() throws IOException {
    var rest = line(MAX_REST);
    skipUnasked(LiteralMark.at(rest).orElse(null), MAX_REST);
    return rest.length == 0;
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

  /**
   * Reads past a literal that is not wanted.
   *
   * @throws OversizedException when it is too large even for that (RFC 7888 §4)
   */
  private void skip(long count) throws IOException {
    if (count > MAX_SKIPPED) {
      throw new OversizedException("a literal of " + count + " octets is not taken");
    }
    read(count, OutputStream.nullOutputStream());
  }
}
