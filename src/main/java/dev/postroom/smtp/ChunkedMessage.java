package dev.postroom.smtp;

import dev.postroom.net.Wire;
import dev.postroom.smtp.syntax.SmtpCommand;
import java.io.IOException;

/** A message that comes in chunks (RFC 3030), from the first to the last. */
final class ChunkedMessage implements AutoCloseable {
  private final OpenMessage message;
  private final DataReader reader;
  private boolean last;

  ChunkedMessage(OpenMessage message, Wire wire, SmtpConfig config) {
    this.message = message;
    this.reader = DataReader.ofChunks(wire, config, message.mail().options().body());
  }

  OpenMessage message() {
    return message;
  }

  /**
   * @throws IOException when the wire fails
   */
  void read(SmtpCommand.Bdat chunk) throws IOException {
    reader.readChunk(chunk.octets(), message.to());
    if (chunk.last()) {
      reader.finish(message.to());
      last = true;
    }
  }

  DataReader.Received received() {
    return reader.received();
  }

  /** Complete, or known not to be wanted: RFC 3030 §2 lets any chunk be refused. */
  boolean hasEnded() {
    return last || received().tooLarge() || received().failure() != null;
  }

  @Override
  public void close() throws IOException {
    message.close();
  }
}
