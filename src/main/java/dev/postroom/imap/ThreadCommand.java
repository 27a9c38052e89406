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
    var contentIds = contentIds(batch);
    var fields = session.services().sortFields.of(folder.mailbox(), contentIds);
    var headers = folder.mailbox().headers(contentIds);
    var withoutHeader = new HashSet<>(contentIds);
    withoutHeader.removeAll(headers.keySet());
    var summaries = folder.mailbox().summaries(withoutHeader);
    for (int number : batch) {
      long contentId = folder.numbers().contentId(number);
      var sortable = fields.get(contentId);
      var header = headers.get(contentId);
      var summary = summaries.get(contentId);
      if (sortable != null && header != null) {
        ids(Headers.parse(header)).addTo(threads, node(number, sortable));
      } else if (sortable != null && summary != null) {
        ids(summary.envelope()).addTo(threads, node(number, sortable));
      } // else it was expunged long ago
    }
  }

  private record Ids(@Nullable String own, List<String> references) {
    void addTo(ReferenceThreads threads, ThreadNode message) {
      threads.add(message, own, references);
    }
  }

  private static Ids ids(Headers headers) {
    var references = in(headers, "References");
    if (references.isEmpty()) {
      references = in(headers, "In-Reply-To").stream().limit(1).toList();
    }
    return new Ids(first(in(headers, "Message-ID")), references);
  }

  /** Where the header was too long for the index. */
  private static Ids ids(MessageEnvelope envelope) {
    var inReplyTo = in(envelope.inReplyTo()).stream().limit(1).toList();
    return new Ids(first(in(envelope.messageId())), inReplyTo);
  }

  private static List<String> in(Headers headers, String name) {
    return in(headers.first(name).map(HeaderField::octetText).orElse(null));
  }

  private static List<String> in(@Nullable String field) {
    return field == null ? List.of() : MessageIds.in(field);
  }

  private static @Nullable String first(List<String> ids) {
    return ids.isEmpty() ? null : ids.getFirst();
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
