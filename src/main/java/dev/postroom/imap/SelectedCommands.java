package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.SelectedCommand;
import dev.postroom.imap.syntax.SelectedCommand.Check;
import dev.postroom.imap.syntax.SelectedCommand.Close;
import dev.postroom.imap.syntax.SelectedCommand.Copy;
import dev.postroom.imap.syntax.SelectedCommand.Expunge;
import dev.postroom.imap.syntax.SelectedCommand.Fetch;
import dev.postroom.imap.syntax.SelectedCommand.Move;
import dev.postroom.imap.syntax.SelectedCommand.Replace;
import dev.postroom.imap.syntax.SelectedCommand.Search;
import dev.postroom.imap.syntax.SelectedCommand.SearchInUnknownCharset;
import dev.postroom.imap.syntax.SelectedCommand.Sort;
import dev.postroom.imap.syntax.SelectedCommand.Store;
import dev.postroom.imap.syntax.SelectedCommand.Threads;
import dev.postroom.imap.syntax.SelectedCommand.UidExpunge;
import dev.postroom.imap.syntax.SelectedCommand.Unselect;
import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.store.MailboxStore.Copied;
import dev.postroom.store.MailboxStore.Target;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** RFC 3501 §6.4: on the messages of the selected folder. */
record SelectedCommands(ImapSession session, User user, SelectedFolder folder, String tag) {

  Completion perform(SelectedCommand command) throws IOException, NoSuchMessageException {
    if (folder.tellsOnlyUids() && command.namesNumbers() && !(command instanceof Replace)) {
      return numbersRefused();
    }
    folder.limit().begin();
    return folder.limit().tell(limited(command), session.out());
  }

  /** RFC 9586 §3, §4. */
  static Completion numbersRefused() {
    return Completion.bad("UIDREQUIRED", "no message numbers after ENABLE UIDONLY");
  }

  private Completion limited(SelectedCommand command) throws IOException, NoSuchMessageException {
    return switch (command) {
      case Check _ -> check();
      case Close _ -> close();
      case Unselect _ -> unselect();
      case Expunge _ -> expunge(UidSet.ALL);
      case UidExpunge(var uids) -> expunge(folder.uids(folder.resolve(uids, true)));
      case Search search -> new SearchCommand(session, folder, tag).search(search);
      case Sort sort -> new SearchCommand(session, folder, tag).sort(sort);
      case Threads threads -> new ThreadCommand(session, folder, tag).thread(threads);
      case SearchInUnknownCharset(var saves) -> inUnknownCharset(saves);
      case Fetch fetch -> new FetchCommand(session, folder).fetch(fetch);
      case Store store -> new StoreCommand(session, folder).store(store);
      case Copy(var uid, var messages, var target) -> copy(folder.resolve(messages, uid), target);
      case Move(var uid, var messages, var target) -> move(folder.resolve(messages, uid), target);
      case Replace replace -> new ReplaceConversation(session, user, folder).replace(replace);
    };
  }

  private Completion inUnknownCharset(boolean saves) {
    if (saves) {
      folder.saved().clear(); // RFC 5182 §2.1: a search that ends with NO saves nothing
    }
    return Completion.no("BADCHARSET (US-ASCII UTF-8)", "no such charset here");
  }

  private Completion check() {
    folder.askAgain();
    return Completion.ok("CHECK done");
  }

  /** RFC 3501 §6.4.2, RFC 7162 §3.2.8: expunges without telling, if it may (RFC 4314 §4). */
  private Completion close() {
    if (folder.may(FolderRight.EXPUNGE)) {
      folder.mailbox().expunge(folder.id(), UidSet.ALL);
    }
    session.leaveFolder();
    return Completion.ok("CLOSE done");
  }

  private Completion unselect() {
    session.leaveFolder();
    return Completion.ok("UNSELECT done");
  }

  /** Why something cannot be changed. */
  static Completion refused(SelectedFolder folder) {
    return folder.isReadOnly()
        ? Completion.no("the folder is open for reading only")
        : Completion.no("NOPERM", "you have no right to do that here");
  }

  private Completion expunge(UidSet uids) throws IOException {
    if (!folder.may(FolderRight.EXPUNGE)) {
      return refused(folder);
    }
    folder.mailbox().expunge(folder.id(), uids);
    return told(session, folder, "EXPUNGE done");
  }

  /** RFC 7162 §3.2.7, §3.2.9: what the client knows after the responses that come first. */
  static Completion told(ImapSession session, SelectedFolder folder, String text)
      throws IOException {
    folder.askAgain(); // else the responses come with the report before the completion
    if (!folder.tellsModSeqs()) {
      return Completion.ok(text);
    }
    session.news().tellEverything();
    return Completion.ok("HIGHESTMODSEQ " + folder.toldModSeq(), text);
  }

  private Completion copy(int[] numbers, String target) {
    if (folder.limit().isReached()) {
      return folder.limit().refuse("COPY"); // RFC 3501 §6.4.7: all or none
    }
    var to = new FolderNamespace(session, user).find(target);
    if (to.isEmpty()) {
      return noTarget();
    }
    if (numbers.length == 0) {
      return Completion.ok("COPY done, of nothing"); // RFC 3501 §6.4.8: no such UIDs, no error
    }
    var copied = folder.mailbox().copy(folder.id(), folder.uids(numbers), target(to.get()));
    session.news().mine(to.get().id(), copied.targetUids());
    askAgainIfOpen(to.get());
    return Completion.ok(copyUid(copied), "COPY done");
  }

  private Completion move(int[] numbers, String target) throws IOException {
    // RFC 6851 §4.4: as STORE, COPY and EXPUNGE
    if (!folder.may(FolderRight.EXPUNGE) || !folder.may(FolderRight.DELETE_MESSAGES)) {
      return refused(folder);
    }
    var to = new FolderNamespace(session, user).find(target);
    if (to.isEmpty()) {
      return noTarget();
    }
    if (numbers.length == 0) {
      return Completion.ok("MOVE done, of nothing");
    }
    var moved = folder.mailbox().move(folder.id(), folder.uids(numbers), target(to.get()));
    if (!moved.sourceUids().isEmpty()) {
      // RFC 6851 §4.3: before the EXPUNGE responses
      session.out().untagged("OK [" + copyUid(moved) + "] moved");
    }
    return told(session, folder, "MOVE done");
  }

  private static Completion noTarget() {
    return Completion.no("TRYCREATE", "there is no such folder"); // RFC 3501 §6.4.7
  }

  private static Target target(FoundFolder to) {
    to.require(FolderRight.INSERT);
    return new Target(to.mailbox().mailboxId(), to.id(), to.rights());
  }

  private void askAgainIfOpen(FoundFolder target) {
    if (target.id() == folder.id()) {
      folder.askAgain();
    }
  }

  /** RFC 4315 §3; empty when nothing was copied. */
  private static String copyUid(Copied copied) {
    return copied.sourceUids().isEmpty()
        ? ""
        : "COPYUID %d %s %s"
            .formatted(
                copied.uidValidity(), inOrder(copied.sourceUids()), inOrder(copied.targetUids()));
  }

  /** UIDs in their order, so that the two sets match: ranges only where they rise one by one. */
  private static SequenceSet inOrder(List<Long> uids) {
    var ranges = new ArrayList<SequenceSet.Range>();
    for (long uid : uids) {
      var last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last.last() + 1 == uid) {
        ranges.set(ranges.size() - 1, new SequenceSet.Range(last.first(), uid));
      } else {
        ranges.add(new SequenceSet.Range(uid, uid));
      }
    }
    return new SequenceSet(ranges);
  }
}
