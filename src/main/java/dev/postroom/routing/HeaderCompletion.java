package dev.postroom.routing;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.message.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a submitted message and where it is written: holds its header section back until
 * it is complete, has it looked at, and lets everything else flow through.
 *
 * <p>Memory: at most {@link #MAX_HEADER_OCTETS}.
 */
public final class HeaderCompletion extends OutputStream {
  /** Longer header sections are refused in messages of our own users. */
  public static final int MAX_HEADER_OCTETS = 256 * 1024;

  private static final int EMPTY_LINE = 2;
  private static final EnhancedStatus TOO_LONG = new EnhancedStatus(5, 3, 4);

  /** Why a message is not taken, in words. */
  public record Refusal(EnhancedStatus status, String why) {}

  /** What is to be written instead of a header section, or why nothing is. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Completed(byte[] header, @Nullable Refusal refusal) {}

  private final OutputStream to;
  private final Function<Headers, Completed> complete;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(4096);
  private final HeaderEnd end = new HeaderEnd();
  private boolean passing;
  private @Nullable Refusal refusal;

  HeaderCompletion(OutputStream to, Function<Headers, Completed> complete) {
    this.to = to;
    this.complete = complete;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (refusal != null) {
      return;
    }
    if (passing) {
      to.write(octets, offset, length);
      return;
    }
    held.write(octets, offset, length);
    if (end.seen(octets, offset, length)) {
      release();
    } else if (held.size() > MAX_HEADER_OCTETS + EMPTY_LINE) {
      refuseTooLong();
    }
  }

  /** The message ends here, perhaps without a body. */
  public void finish() throws IOException {
    if (!passing && refusal == null) {
      release();
    }
  }

  private void release() throws IOException {
    passing = true;
    byte[] octets = held.toByteArray();
    held.reset();
    int headerLength = end.headerLength(octets.length);
    if (headerLength > MAX_HEADER_OCTETS) {
      refuseTooLong();
      return;
    }
    var completed = complete.apply(Headers.parse(java.util.Arrays.copyOf(octets, headerLength)));
    refusal = completed.refusal();
    if (refusal == null) {
      to.write(completed.header());
      int bodyStart = end.bodyStart(octets.length);
      to.write(octets, bodyStart, octets.length - bodyStart);
    }
  }

  private void refuseTooLong() {
    refusal = new Refusal(TOO_LONG, "the header is longer than " + MAX_HEADER_OCTETS + " octets");
    held.reset();
  }

  /** Why the message is not taken; what was written must then be thrown away. */
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }
}
