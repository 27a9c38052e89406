package dev.postroom.search;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.message.BodyPart;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageSummary;
import dev.postroom.message.SearchedTexts;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoredMessage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reads the terms of messages: of the texts in which a search without index would look. */
final class MessageTerms {
  private static final Logger LOG = Logger.getLogger(MessageTerms.class);

  private final Blobs blobs;
  private final Map<Long, byte[]> headers;
  private final Map<Long, MessageSummary> summaries;
  private final Map<Long, BlobId> ids;

  private MessageTerms(Blobs blobs, MailboxStore mailbox, Collection<Long> contentIds) {
    this.blobs = blobs;
    this.headers = mailbox.headers(contentIds);
    this.summaries = mailbox.summaries(contentIds);
    this.ids = mailbox.blobs(contentIds);
  }

  /**
   * Reads messages until the segment is full.
   *
   * @return how many it has read
   */
  static int read(
      Blobs blobs, MailboxStore mailbox, List<StoredMessage> messages, SegmentBuilder builder) {
    var contentIds = messages.stream().map(StoredMessage::contentId).distinct().toList();
    var terms = new MessageTerms(blobs, mailbox, contentIds);
    int taken = 0;
    while (taken < messages.size() && !builder.isFull()) {
      var message = messages.get(taken++);
      terms.read(message.contentId(), builder.message(message.uid()));
    }
    return taken;
  }

  /** One that is gone, or whose header is too long for the store's index, stays unread. */
  private void read(long contentId, SegmentBuilder.Message into) {
    var header = headers.get(contentId);
    var summary = summaries.get(contentId);
    var id = ids.get(contentId);
    if (header == null || summary == null || id == null) {
      into.leaveUnread();
      return;
    }
    try (var blob = blobs.open(id)) {
      read(Headers.parse(header), summary.body(), blob::read, into);
    } catch (IOException | RuntimeException failed) {
      LOG.warnf(failed, "blob %s is not indexed", id);
      into.leaveUnread();
    }
  }

  static void read(
      Headers header, BodyPart body, SearchedTexts.Source octets, SegmentBuilder.Message into)
      throws IOException {
    SearchedTexts.ofHeader(header, splitInto(into::headerTerm));
    SearchedTexts.ofBody(body, octets, splitInto(into::bodyTerm));
  }

  private static SearchedTexts.Taker splitInto(Consumer<String> terms) {
    var splitter = new TermSplitter(terms);
    return text -> {
      splitter.split(text);
      return false;
    };
  }
}
