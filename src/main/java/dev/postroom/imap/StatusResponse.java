package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Status;
import dev.postroom.imap.syntax.StatusItem;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.FolderStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** STATUS (RFC 3501 §6.3.10), by itself and within LIST (RFC 5819). */
record StatusResponse(ImapSession session, User user) {

  Completion status(Status command) throws IOException {
    var folder = new FolderNamespace(session, user).existing(command.folder(), FolderRight.READ);
    write(List.of(folder), command.items());
    return Completion.ok("STATUS done");
  }

  /** One response for each folder that may be read, from one query for all of a mailbox. */
  void write(List<FoundFolder> folders, Set<StatusItem> items) throws IOException {
    if (items.contains(StatusItem.HIGHESTMODSEQ)) {
      session.useModSeqs();
    }
    tell(folders, items);
  }

  private void tell(List<FoundFolder> folders, Set<StatusItem> items) throws IOException {
    var readable = folders.stream().filter(one -> one.rights().has(FolderRight.READ)).toList();
    for (var ofOne : FoundFolder.byMailbox(readable)) {
      tellOfOneMailbox(ofOne, items);
    }
  }

  private void tellOfOneMailbox(List<FoundFolder> folders, Set<StatusItem> items)
      throws IOException {
    var mailbox = folders.getFirst().mailbox();
    var counts = mailbox.status(folders.stream().map(FoundFolder::id).toList());
    var deleted =
        items.contains(StatusItem.DELETED_STORAGE)
            ? mailbox.deletedOctets(withDeleted(counts))
            : Map.<Long, Long>of();
    for (var folder : folders) {
      var status = counts.get(folder.id());
      if (status != null) {
        write(folder.folder(), status, deleted.getOrDefault(folder.id(), 0L), items);
      }
    }
  }

  private static List<Long> withDeleted(Map<Long, FolderStatus> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().deleted() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** For clients that listen: with the MODSEQ if they know what that is (RFC 5465 §5.1 to §5.3). */
  void writeUnasked(List<FolderInfo> folders, StatusItem... items) throws IOException {
    if (folders.isEmpty()) {
      return;
    }
    var all = EnumSet.copyOf(Arrays.asList(items));
    if (session.isEnabled(Extension.CONDSTORE)) {
      all.add(StatusItem.HIGHESTMODSEQ);
    }
    tell(folders.stream().map(folder -> FoundFolder.own(user, folder)).toList(), all);
  }

  private void write(FolderInfo folder, FolderStatus status, long deleted, Set<StatusItem> items)
      throws IOException {
    var out = session.out();
    out.raw("* STATUS ").folder(folder.name()).raw(" (");
    boolean first = true;
    for (var item : EnumSet.copyOf(items)) {
      out.raw(first ? "" : " ");
      first = false;
      if (item == StatusItem.MAILBOXID) {
        out.raw(ObjectIds.folder(folder.id()));
      } else {
        out.raw(item.wireName()).raw(' ').number(value(item, status, deleted));
      }
    }
    out.raw(')').crlf();
  }

  private long value(StatusItem item, FolderStatus status, long deletedOctets) {
    return switch (item) {
      case MESSAGES -> status.messages();
      case RECENT -> 0; // docs/decisions: \Recent is never set
      case UIDNEXT -> status.uidNext();
      case UIDVALIDITY -> status.uidValidity();
      case UNSEEN -> status.unseen();
      case SIZE -> status.octets();
      case DELETED -> status.deleted();
      case APPENDLIMIT -> session.services().config.appendLimit().asLongValue(); // RFC 7889 §3.1
      case DELETED_STORAGE -> deletedOctets / QuotaCommands.OCTETS_IN_A_UNIT;
      case MAILBOXID -> throw new IllegalArgumentException("no number");
      case HIGHESTMODSEQ -> status.highestModSeq();
    };
  }
}
