package dev.postroom.api;

import dev.postroom.queue.MessageDetails;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A waiting message, looked at closely. */
@Schema(name = "QueuedMessageDetails")
public record QueueMessageJson(
    QueuedJson message,
    @Schema(description = "The same message for other recipients, those that wait.")
        List<QueuedJson> others,
    @Schema(description = "Its header section; empty for those who may not read it.")
        String header) {
  static QueueMessageJson of(MessageDetails details) {
    return new QueueMessageJson(
        QueuedJson.of(details.message()),
        details.others().stream().map(QueuedJson::of).toList(),
        details.header());
  }
}
