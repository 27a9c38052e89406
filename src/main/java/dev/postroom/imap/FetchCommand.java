package dev.postroom.imap;

import dev.postroom.blob.BlobId;
import dev.postroom.directory.FolderRight;
import dev.postroom.imap.DecodedPart.UnknownEncodingException;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.FetchItem.Content;
import dev.postroom.imap.syntax.SelectedCommand.Fetch;
import dev.postroom.message.MessageSummary;
import dev.postroom.store.MailboxStore.FlagChange;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
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
  private static final int SMALL_BATCH = 64;

  private static final FetchItem MODSEQ = new FetchItem.ModSeq();

  private static final Logger LOG = Logger.getLogger(FetchCommand.class);

  private final ImapSession session;
  private final SelectedFolder folder;
  private int told;
  private int unreadable;
  private int undecodable;

  FetchCommand(ImapSession session, SelectedFolder folder) {
    this.session = session;
    this.folder = folder;
  }

  /** What is known of one message; parts that no item needs are absent. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Known(
      int number,
      byte @Nullable [] envelope,
      @Nullable MessageSummary summary,
      byte @Nullable [] header,
      @Nullable BlobId blob,
      @Nullable String preview,
      @Nullable Instant saved) {}

  /** What items need beyond numbers and UIDs. */
  private enum Need {
    ROW,
    FLAGS,
    ENVELOPE,
    SUMMARY,
    HEADER,
    BLOB,
    PREVIEW,
    PREVIEW_IF_KNOWN,
    SAVED,
    MARKS_SEEN;

    /** What is asked of the store. */
    static final Set<Need> OF_STORE =
        EnumSet.of(ENVELOPE, SUMMARY, HEADER, BLOB, PREVIEW, PREVIEW_IF_KNOWN, SAVED);

    private static final Set<Need> OF_PART = EnumSet.of(ROW, BLOB, SUMMARY);

    static Set<Need> of(List<FetchItem> items) {
      var needs = EnumSet.noneOf(Need.class);
      items.forEach(item -> needs.addAll(of(item)));
      return needs;
    }

    private static Set<Need> of(FetchItem item) {
      return switch (item) {
        case FetchItem.Uid _ -> Set.of();
        case FetchItem.Flags _, FetchItem.ModSeq _ -> Set.of(FLAGS);
        case FetchItem.InternalDate _,
            FetchItem.Size _,
            FetchItem.EmailId _,
            FetchItem.ThreadId _ ->
            Set.of(ROW);
        case FetchItem.SaveDate _ -> Set.of(ROW, SAVED);
        case FetchItem.Envelope _ -> Set.of(ROW, ENVELOPE);
        case FetchItem.Structure _ -> Set.of(ROW, SUMMARY);
        case Content(var section, _, var seen, _) -> {
          var needs = EnumSet.of(ROW, section.isHeaderOfMessage() ? HEADER : BLOB);
          if (!section.isHeaderOfMessage() && !section.isWholeMessage()) {
            needs.add(SUMMARY);
          }
          if (seen) {
            needs.addAll(Set.of(FLAGS, MARKS_SEEN));
          }
          yield needs;
        }
        case FetchItem.Binary(_, _, var seen, _) ->
            seen ? EnumSet.of(ROW, BLOB, SUMMARY, FLAGS, MARKS_SEEN) : OF_PART;
        case FetchItem.BinarySize _ -> OF_PART;
        case FetchItem.Preview(var lazy) -> Set.of(ROW, lazy ? PREVIEW_IF_KNOWN : PREVIEW);
      };
    }
  }

  Completion fetch(Fetch command) throws IOException, NoSuchMessageException {
    if (command.modifiers().vanished() && !session.isEnabled(Extension.QRESYNC)) {
      return Completion.bad("ENABLE QRESYNC first"); // RFC 7162 §3.2.6
    }
    var items = new ArrayList<>(command.items());
    if (command.uid() && !folder.tellsOnlyUids() && !items.contains(new FetchItem.Uid())) {
      items.addFirst(new FetchItem.Uid()); // RFC 3501 §6.4.8
    }
    var numbers = numbers(command, items);
    tell(numbers, items);
    if (unreadable > 0) {
      return Completion.no("CORRUPTION", unreadable + " messages cannot be read; the log has more");
    }
    if (undecodable > 0) {
      // RFC 3516 §4.3
      return Completion.no("UNKNOWN-CTE", "there is no decoder for a part");
    }
    return told < numbers.length
        ? Completion.ok("EXPUNGEISSUED", "FETCH done, some messages are gone") // RFC 5530 §3
        : Completion.ok("FETCH done");
  }

  /** Of the messages that are meant; adds the items that the modifiers add. */
  private int[] numbers(Fetch command, List<FetchItem> items)
      throws IOException, NoSuchMessageException {
    var numbers = folder.all(command.messages(), command.uid());
    var window = command.modifiers().partial();
    if (window != null) {
      numbers = SearchAnswer.within(window, numbers);
    }
    var changedSince = command.modifiers().changedSince();
    if (changedSince != null && !items.contains(MODSEQ)) {
      items.add(MODSEQ); // RFC 7162 §3.1.4.1
    }
    if (items.contains(MODSEQ)) {
      session.useModSeqs();
    }
    if (changedSince != null) {
      if (command.modifiers().vanished()) {
        new Resynchronization(folder, session.out()).tellVanished(command.messages(), changedSince);
      }
      var flags = folder.currentFlags();
      numbers = Arrays.stream(numbers).filter(n -> flags.modSeq(n) > changedSince).toArray();
    }
    return folder.limit().cut(numbers, folder.numbers());
  }

  /** One response for each message that is still there. */
  void tell(int[] numbers, List<FetchItem> items) throws IOException {
    var needs = Need.of(items);
    int batch =
        needs.contains(Need.HEADER) || needs.contains(Need.MARKS_SEEN) ? SMALL_BATCH : BATCH;
    for (int from = 0; from < numbers.length; from += batch) {
      fetchBatch(
          Arrays.copyOfRange(numbers, from, Math.min(from + batch, numbers.length)), items, needs);
    }
  }

  private void fetchBatch(int[] numbers, List<FetchItem> items, Set<Need> needs)
      throws IOException {
    var newlySeen = needs.contains(Need.MARKS_SEEN) ? markSeen(numbers) : Set.<Integer>of();
    if (needs.contains(Need.FLAGS)) {
      folder.learnKeywords(session.out());
    }
    var flags = folder.currentFlags();
    var there =
        needs.contains(Need.ROW)
            ? Arrays.stream(numbers).filter(number -> !flags.isExpunged(number)).toArray()
            : numbers;
    for (var message : load(there, needs)) {
      try {
        new FetchResponse(session.out(), folder, flags, session.services().blobs, message)
            .write(items, newlySeen.contains(message.number()));
        told++;
      } catch (NoSuchFileException missing) {
        unreadable++; // one lost blob must not hide the messages after it
        LOG.errorf(
            missing, "folder %d, UID %d", folder.id(), folder.numbers().uid(message.number()));
      } catch (UnknownEncodingException _) {
        undecodable++;
      }
    }
  }

  private List<Known> load(int[] numbers, Set<Need> needs) {
    if (Collections.disjoint(needs, Need.OF_STORE)) {
      return Arrays.stream(numbers)
          .mapToObj(n -> new Known(n, null, null, null, null, null, null))
          .toList();
    }
    var mailbox = folder.mailbox();
    var ids =
        Arrays.stream(numbers).mapToObj(folder.numbers()::contentId).collect(Collectors.toSet());
    Map<Long, byte[]> envelopes =
        needs.contains(Need.ENVELOPE)
            ? session.services().envelopes.of(mailbox, ids, session.out().form())
            : Map.of();
    Map<Long, byte[]> headers = needs.contains(Need.HEADER) ? mailbox.headers(ids) : Map.of();
    // A header that the index does not hold is found by the summary, in the blob.
    var withoutHeader = new HashSet<Long>(needs.contains(Need.HEADER) ? ids : Set.of());
    withoutHeader.removeAll(headers.keySet());
    var summaries = mailbox.summaries(needs.contains(Need.SUMMARY) ? ids : withoutHeader);
    var blobs = mailbox.blobs(needs.contains(Need.BLOB) ? ids : withoutHeader);
    var previews = previews(ids, needs);
    var saved =
        needs.contains(Need.SAVED)
            ? mailbox.saveDates(folder.id(), folder.uids(numbers))
            : Map.<Long, Instant>of();
    var known = new ArrayList<Known>(numbers.length);
    for (int number : numbers) {
      long id = folder.numbers().contentId(number);
      long uid = folder.numbers().uid(number);
      var summary = summaries.get(id);
      boolean isThere =
          (envelopes.containsKey(id) || !needs.contains(Need.ENVELOPE))
              && (summary != null || !(needs.contains(Need.SUMMARY) || withoutHeader.contains(id)))
              && (blobs.containsKey(id) || !needs.contains(Need.BLOB))
              && (saved.containsKey(uid) || !needs.contains(Need.SAVED));
      if (isThere) {
        known.add(
            new Known(
                number,
                envelopes.get(id),
                summary,
                headers.get(id),
                blobs.get(id),
                previews.get(id),
                saved.get(uid)));
      } // else it was expunged long ago
    }
    return known;
  }

  private Map<Long, String> previews(Set<Long> contentIds, Set<Need> needs) {
    if (!needs.contains(Need.PREVIEW) && !needs.contains(Need.PREVIEW_IF_KNOWN)) {
      return Map.of();
    }
    return new Previews(folder.mailbox(), session.services().blobs)
        .of(contentIds, !needs.contains(Need.PREVIEW));
  }

  /** RFC 3501 §6.4.5: BODY[], RFC822 and RFC822.TEXT set {@code \Seen}. */
  private Set<Integer> markSeen(int[] numbers) {
    if (!folder.may(FolderRight.SEEN)) {
      return Set.of();
    }
    var flags = folder.currentFlags();
    var unseen =
        Arrays.stream(numbers).filter(number -> !flags.of(number).contains("\\Seen")).toArray();
    if (unseen.length > 0) {
      folder.store(unseen, FlagChange.ADD, Set.of("\\Seen"), Long.MAX_VALUE);
    }
    return Arrays.stream(unseen).boxed().collect(Collectors.toSet());
  }
}
