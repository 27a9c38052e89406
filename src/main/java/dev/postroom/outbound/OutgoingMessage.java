package dev.postroom.outbound;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.MailAddress;
import dev.postroom.message.RewrittenMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in the form in which a certain server takes it.
 *
 * @param converted null when it goes as it is stored
 * @param body what the server is told of its octets
 * @param smtpUtf8 whether the server is asked for SMTPUTF8
 * @param size octets that the server will see, about
 */
record OutgoingMessage(
    Shipment shipment,
    StoredContent stored,
    @Nullable RewrittenMessage converted,
    BodyType body,
    boolean smtpUtf8,
    long size) {

  OutgoingMessage to(List<MailAddress> fewer) {
    return new OutgoingMessage(shipment.to(fewer), stored, converted, body, smtpUtf8, size);
  }

  /** RFC 3030 §3: its line ends are octets like others, and BDAT alone can carry it. */
  boolean isBinary() {
    return body == BodyType.BINARY_MIME;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(shipment.extraHeader().getBytes(StandardCharsets.UTF_8));
    if (converted != null) {
      converted.writeTo(out);
      return;
    }
    try (var in = stored.open()) {
      in.transferTo(out);
    }
  }
}
