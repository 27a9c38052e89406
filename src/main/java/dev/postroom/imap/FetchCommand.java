package dev.postroom.imap;

import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.SelectedCommand.Fetch;
import dev.postroom.message.MessageSummary;
import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.store.StoredMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * FETCH (RFC 3501 §6.4.5). Goes through the messages in batches: what a batch needs of the index is
 * asked with one query for each kind, then the responses are written. Blobs are opened only for
 * octets that the index does not hold.
 */
final class FetchCommand {
  private static final int BATCH = 256;
  private static final int BATCH_WITH_HEADERS = 64;

  private final ImapSession session;
  private final SelectedFolder folder;

  FetchCommand(ImapSession session, SelectedFolder folder) {
    this.session = session;
    this.folder = folder;
  }

  /** What is known of one message; parts that no item needs are absent. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Known(
      int number,
      @Nullable StoredMessage row,
      @Nullable MessageSummary summary,
      byte @Nullable [] header) {}

  /** What the items need of the index. */
  private record Needs(boolean rows, boolean summaries, boolean headers, boolean marksSeen) {
    static Needs of(List<FetchItem> items) {
      boolean rows = false;
      boolean summaries = false;
      boolean headers = false;
      boolean marks = false;
      for (var item : items) {
        switch (item) {
          case FetchItem.Flags _, FetchItem.Uid _ -> {
            // the session knows them
          }
          case FetchItem.InternalDate _, FetchItem.Size _ -> rows = true;
          case FetchItem.Envelope _, FetchItem.Structure _ -> summaries = true;
          case Content(var section, _, var seen, _) -> {
            rows = true;
            marks |= seen;
            boolean ofMessage = section.path().isEmpty();
            headers |= ofMessage && section.kind() != Kind.ALL && section.kind() != Kind.TEXT;
            summaries |= !ofMessage || section.kind() != Kind.ALL;
          }
        }
      }
      return new Needs(rows || summaries, summaries, headers, marks);
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
    boolean all = true;
    for (int from = 0; from < numbers.length; from += batch) {
      var some = Arrays.copyOfRange(numbers, from, Math.min(from + batch, numbers.length));
      all &= fetchBatch(some, items, needs);
    }
    return all
        ? Completion.ok("FETCH done")
        : Completion.ok("EXPUNGEISSUED", "FETCH done, some messages are gone"); // RFC 5530 §3
  }

  private boolean fetchBatch(int[] numbers, List<FetchItem> items, Needs needs) throws IOException {
    var newlySeen = needs.marksSeen() ? markSeen(numbers) : Set.<Integer>of();
    var batch = load(numbers, needs);
    for (var message : batch) {
      new FetchResponse(session.out(), folder, message)
          .write(items, newlySeen.contains(message.number()));
    }
    return batch.size() == numbers.length;
  }

  private List<Known> load(int[] numbers, Needs needs) {
    if (!needs.rows()) {
      return Arrays.stream(numbers).mapToObj(n -> new Known(n, null, null, null)).toList();
    }
    var mailbox = folder.mailbox();
    var rows = mailbox.messages(folder.id(), folder.uids(numbers));
    var contentIds = new HashSet<Long>();
    rows.forEach(row -> contentIds.add(row.contentId()));
    Map<Long, MessageSummary> summaries =
        needs.summaries() ? mailbox.summaries(contentIds) : new HashMap<>();
    Map<Long, byte[]> headers = needs.headers() ? mailbox.headers(contentIds) : new HashMap<>();
    var known = new ArrayList<Known>(rows.size());
    for (var row : rows) {
      int number = folder.numbers().number(row.uid());
      var id = row.contentId();
      var summary = summaries.get(id);
      if (summary != null || !needs.summaries()) { // else it was expunged meanwhile
        known.add(new Known(number, row, summary, headers.get(id)));
      }
    }
    return known;
  }

  /** RFC 3501 §6.4.5: BODY[], RFC822 and RFC822.TEXT set {@code \Seen}. */
  private Set<Integer> markSeen(int[] numbers) throws IOException {
    if (folder.isReadOnly()) {
      return Set.of();
    }
    var unseen =
        Arrays.stream(numbers)
            .filter(number -> !folder.numbers().flags(number).contains("\\Seen"))
            .toArray();
    if (unseen.length == 0) {
      return Set.of();
    }
    var changed = new TreeSet<Integer>();
    for (var message :
        folder
            .mailbox()
            .store(folder.id(), folder.uids(unseen), FlagChange.ADD, Set.of("\\Seen"))) {
      int number = folder.numbers().number(message.uid());
      folder.learnKeywords(message.flags(), session.out());
      folder.numbers().flags(number, message.flags());
      changed.add(number);
    }
    return changed;
  }
}
