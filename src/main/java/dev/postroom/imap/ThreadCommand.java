package dev.postroom.imap;

import dev.postroom.imap.syntax.SelectedCommand.Threads;
import dev.postroom.message.HeaderField;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageEnvelope;
import dev.postroom.message.MessageIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** THREAD (RFC 5256 §3). Everything comes from the index, a batch of messages at a time. */
record ThreadCommand(ImapSession session, SelectedFolder folder, String tag) {
  private static final int BATCH = 128;

  Completion thread(Threads command) throws IOException, NoSuchMessageException {
    var progress = new Progress(session, tag);
    var found = new MessageSearch(session, folder, progress).find(command.key());
    if (folder.limit().isReached()) {
      return folder.limit().refuse("THREAD"); // RFC 9738 §3.3
    }
    var threads =
        switch (command.algorithm()) {
          case ORDEREDSUBJECT -> bySubject(found, progress);
          case REFERENCES -> byReferences(found, progress);
        };
    new ThreadWriter(session.out(), command.uid(), folder.numbers()).write(threads);
    return Completion.ok("THREAD done");
  }

  private List<ThreadNode> bySubject(int[] found, Progress progress) throws IOException {
    var messages = new ArrayList<ThreadNode>();
    for (int from = 0; from < found.length; from += BATCH) {
      progress.at(from, found.length);
      var batch = batch(found, from);
      var fields = session.services().sortFields.of(folder.mailbox(), contentIds(batch));
      for (int number : batch) {
        var sortable = fields.get(folder.numbers().contentId(number));
        if (sortable != null) { // else it was expunged long ago
          messages.add(node(number, sortable));
        }
      }
    }
    return SubjectThreads.of(messages);
  }

  private List<ThreadNode> byReferences(int[] found, Progress progress) throws IOException {
    var threads = new ReferenceThreads();
    for (int from = 0; from < found.length; from += BATCH) {
      progress.at(from, found.length);
      addTo(threads, batch(found, from));
    }
    return threads.threads();
  }

  private void addTo(ReferenceThreads threads, int[] batch) {
    var ids = contentIds(batch);
    var headers = folder.mailbox().headers(ids);
    var withoutHeader = new HashSet<>(ids);
    withoutHeader.removeAll(headers.keySet());
    var summaries = folder.mailbox().summaries(withoutHeader);
    for (int number : batch) {
      long contentId = folder.numbers().contentId(number);
      var header = headers.get(contentId);
      var summary = summaries.get(contentId);
      if (header != null) {
        var fields = Headers.parse(header);
        add(threads, number, MessageEnvelope.of(fields), fields);
      } else if (summary != null) { // its header was too long for the index
        add(threads, number, summary.envelope(), null);
      }
    }
  }

  private void add(
      ReferenceThreads threads, int number, MessageEnvelope envelope, @Nullable Headers headers) {
    var ids = ids(envelope.messageId());
    var references =
        headers == null
            ? List.<String>of()
            : ids(headers.first("References").map(HeaderField::octetText).orElse(null));
    if (references.isEmpty()) {
      references = ids(envelope.inReplyTo()).stream().limit(1).toList();
    }
    var id = ids.isEmpty() ? null : ids.getFirst();
    threads.add(node(number, Sortable.of(envelope)), id, references);
  }

  private static List<String> ids(@Nullable String field) {
    return field == null ? List.of() : MessageIds.in(field);
  }

  private ThreadNode node(int number, Sortable message) {
    long sent = message.sentOr(folder.numbers().internalDate(number));
    return ThreadNode.of(number, sent, message.subject(), message.isReply());
  }

  private static int[] batch(int[] found, int from) {
    return Arrays.copyOfRange(found, from, Math.min(from + BATCH, found.length));
  }

  private Set<Long> contentIds(int[] batch) {
    return Arrays.stream(batch).mapToObj(folder.numbers()::contentId).collect(Collectors.toSet());
  }
}
