package dev.postroom.outbound;

import dev.postroom.smtp.syntax.SmtpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries the content of a message to the server, after DATA or in chunks (RFC 3030 §2). */
final class ContentTransfer {
  /** Chunks whose answers are awaited at once, where the server takes PIPELINING. */
  private static final int CHUNKS_AHEAD = 8;

  private static final int CHUNK = 128 * 1024;
  private static final byte[] END = {'.', '\r', '\n'};

  private final SmtpConnection connection;
  private final OutgoingMessage message;
  private final OutboundConfig.Timeouts timeouts;
  private @Nullable SmtpReply refusal;
  private int awaited;

  ContentTransfer(
      SmtpConnection connection, OutgoingMessage message, OutboundConfig.Timeouts timeouts) {
    this.connection = connection;
    this.message = message;
    this.timeouts = timeouts;
  }

  /** After the answer to DATA; the answer to the end of the message is still to be read. */
  void afterData() throws IOException {
    connection.wire().idleTimeout(timeouts.dataBlock());
    var writer = new MessageWriter(new Unanswered(), true);
    message.writeTo(writer);
    writer.end();
    connection.wire().write(END); // RFC 5321 §4.1.1.4
    connection.wire().flush();
  }

  /** Octets for the wire, as long as the server keeps silent. */
  private final class Unanswered extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      connection.wire().write(octets, offset, length);
      if (connection.wire().hasInput()) {
        throw new IOException("the server spoke before the end of the message");
      }
    }
  }

  /**
   * With BDAT.
   *
   * @return false when the server refused a chunk before the last: {@link #refusal} says why
   */
  boolean inChunks() throws IOException {
    var chunks = new Chunks();
    try {
      if (message.isBinary()) {
        message.writeTo(chunks);
      } else {
        var lines = new MessageWriter(chunks, false);
        message.writeTo(lines);
        lines.end();
      }
      chunks.last();
      return true;
    } catch (RefusedException refused) {
      return false;
    }
  }

  SmtpReply refusal() {
    return Objects.requireNonNull(refusal);
  }

  /** A chunk was refused: the others need not be sent. */
  private static final class RefusedException extends IOException {}

  private final class Chunks extends OutputStream {
    private final byte[] chunk = new byte[CHUNK];
    private int filled;

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        if (filled == chunk.length) {
          send("");
          settle(connection.extensions().pipelining() ? CHUNKS_AHEAD : 0);
        }
        int n = Math.min(length - done, chunk.length - filled);
        System.arraycopy(octets, offset + done, chunk, filled, n);
        filled += n;
        done += n;
      }
    }

    void last() throws IOException {
      settle(CHUNKS_AHEAD);
      send(" LAST");
      awaited--; // the answer to the last one is the verdict on the message
      settle(0);
    }

    private void send(String mark) throws IOException {
      connection.wire().idleTimeout(timeouts.dataBlock());
      connection.write("BDAT " + filled + mark);
      connection.wire().write(chunk, 0, filled);
      connection.wire().flush();
      filled = 0;
      awaited++;
    }
  }

  /** Reads answers to chunks until no more than {@code ahead} are missing. */
  private void settle(int ahead) throws IOException {
    while (awaited > ahead || (awaited > 0 && connection.wire().hasInput())) {
      var reply = connection.reply(timeouts.dataEnd());
      awaited--;
      if (reply.code() != 250) {
        refusal = reply;
        throw new RefusedException();
      }
    }
  }
}
