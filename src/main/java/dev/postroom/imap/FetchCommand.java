package dev.postroom.imap;

import dev.postroom.blob.BlobId;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.SelectedCommand.Fetch;
import dev.postroom.message.MessageSummary;
import dev.postroom.store.MailboxStore.FlagChange;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * FETCH (RFC 3501 §6.4.5). What stands in the folder's table is known; of contents, what a batch of
 * messages needs is asked with one query for each kind, then the responses are written. Blobs are
 * opened only for octets that the index does not hold.
 */
final class FetchCommand {
  private static final int BATCH = 256;
  private static final int BATCH_WITH_HEADERS = 64;

  private static final Logger LOG = Logger.getLogger(FetchCommand.class);

  private final ImapSession session;
  private final SelectedFolder folder;
  private int told;
  private int unreadable;

  FetchCommand(ImapSession session, SelectedFolder folder) {
    this.session = session;
    this.folder = folder;
  }

  /** What is known of one message; parts that no item needs are absent. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Known(
      int number,
      @Nullable MessageSummary summary,
      byte @Nullable [] header,
      @Nullable BlobId blob) {}

  /** What the items need beyond what the session knows. */
  private record Needs(
      boolean rows,
      boolean flags,
      boolean summaries,
      boolean headers,
      boolean blobs,
      boolean marksSeen,
      boolean contents) {
    static Needs of(List<FetchItem> items) {
      boolean rows = false;
      boolean flags = false;
      boolean summaries = false;
      boolean headers = false;
      boolean blobs = false;
      boolean marks = false;
      for (var item : items) {
        switch (item) {
          case FetchItem.Uid _ -> {
            // it stays, whatever becomes of the message
          }
          case FetchItem.InternalDate _, FetchItem.Size _ -> rows = true;
          case FetchItem.Flags _ -> flags = true;
          case FetchItem.Envelope _, FetchItem.Structure _ -> summaries = true;
          case Content(var section, _, var seen, _) -> {
            marks |= seen;
            headers |= section.isHeaderOfMessage();
            blobs |= !section.isHeaderOfMessage();
            summaries |= !section.isWholeMessage() && !section.isHeaderOfMessage();
          }
        }
      }
      boolean contents = summaries || headers || blobs;
      return new Needs(
          rows || contents, flags || marks, summaries, headers, blobs, marks, contents);
    }
  }

  Completion fetch(Fetch command) throws IOException, NoSuchMessageException {
    var items = new ArrayList<>(command.items());
    if (command.uid() && !items.contains(new FetchItem.Uid())) {
      items.addFirst(new FetchItem.Uid()); // RFC 3501 §6.4.8
    }
    var needs = Needs.of(items);
    var numbers = folder.resolve(command.messages(), command.uid());
    int batch = needs.headers() || needs.marksSeen() ? BATCH_WITH_HEADERS : BATCH;
    for (int from = 0; from < numbers.length; from += batch) {
      fetchBatch(
          Arrays.copyOfRange(numbers, from, Math.min(from + batch, numbers.length)), items, needs);
    }
    if (unreadable > 0) {
      return Completion.no("SERVERBUG", unreadable + " messages cannot be read; the log has more");
    }
    return told < numbers.length
        ? Completion.ok("EXPUNGEISSUED", "FETCH done, some messages are gone") // RFC 5530 §3
        : Completion.ok("FETCH done");
  }

  private void fetchBatch(int[] numbers, List<FetchItem> items, Needs needs) throws IOException {
    var newlySeen = needs.marksSeen() ? markSeen(numbers) : Set.<Integer>of();
    if (needs.flags()) {
      folder.learnKeywords(session.out());
    }
    var flags = folder.currentFlags();
    var there =
        needs.rows()
            ? Arrays.stream(numbers).filter(number -> !flags.isExpunged(number)).toArray()
            : numbers;
    for (var message : load(there, needs)) {
      try {
        new FetchResponse(session.out(), folder.numbers(), flags, session.services().blobs, message)
            .write(items, newlySeen.contains(message.number()));
        told++;
      } catch (NoSuchFileException missing) {
        unreadable++; // one lost blob must not hide the messages after it
        LOG.errorf(
            missing, "folder %d, UID %d", folder.id(), folder.numbers().uid(message.number()));
      }
    }
  }

  private List<Known> load(int[] numbers, Needs needs) {
    if (!needs.contents()) {
      return Arrays.stream(numbers).mapToObj(n -> new Known(n, null, null, null)).toList();
    }
    var mailbox = folder.mailbox();
    var ids =
        Arrays.stream(numbers).mapToObj(folder.numbers()::contentId).collect(Collectors.toSet());
    Map<Long, byte[]> headers = needs.headers() ? mailbox.headers(ids) : Map.of();
    // A header that the index does not hold is found by the summary, in the blob.
    var withoutHeader = new HashSet<Long>(needs.headers() ? ids : Set.of());
    withoutHeader.removeAll(headers.keySet());
    var summaries = mailbox.summaries(needs.summaries() ? ids : withoutHeader);
    var blobs = mailbox.blobs(needs.blobs() ? ids : withoutHeader);
    var known = new ArrayList<Known>(numbers.length);
    for (int number : numbers) {
      long id = folder.numbers().contentId(number);
      var summary = summaries.get(id);
      boolean isThere =
          (summary != null || !(needs.summaries() || withoutHeader.contains(id)))
              && (blobs.containsKey(id) || !needs.blobs());
      if (isThere) {
        known.add(new Known(number, summary, headers.get(id), blobs.get(id)));
      } // else it was expunged long ago
    }
    return known;
  }

  /** RFC 3501 §6.4.5: BODY[], RFC822 and RFC822.TEXT set {@code \Seen}. */
  private Set<Integer> markSeen(int[] numbers) {
    if (folder.isReadOnly()) {
      return Set.of();
    }
    var flags = folder.currentFlags();
    var unseen =
        Arrays.stream(numbers).filter(number -> !flags.of(number).contains("\\Seen")).toArray();
    if (unseen.length > 0) {
      folder.store(unseen, FlagChange.ADD, Set.of("\\Seen"));
    }
    return Arrays.stream(unseen).boxed().collect(Collectors.toSet());
  }
}
