package dev.postroom.smtp;

import dev.postroom.routing.ContentWriter;
import dev.postroom.routing.HeaderCompletion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way in. Closed before it is kept, it leaves nothing behind.
 *
 * @param completion what looks at a message of our own users, null for others
 * @param toldApart whether the client hears of each recipient by itself (RFC 2033 §4.2)
 */
record OpenMessage(
    Transaction mail,
    ContentWriter content,
    @Nullable HeaderCompletion completion,
    boolean toldApart)
    implements AutoCloseable {

  /** Where its octets go. */
  OutputStream to() {
    return completion == null ? content : completion;
  }

  /** After its last octet: why it cannot be sent. */
  Optional<HeaderCompletion.Refusal> completed() throws IOException {
    if (completion == null) {
      return Optional.empty();
    }
    completion.finish();
    return completion.refusal();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
