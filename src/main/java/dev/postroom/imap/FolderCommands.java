package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.Selected;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.imap.syntax.FolderCommand.Create;
import dev.postroom.imap.syntax.FolderCommand.Delete;
import dev.postroom.imap.syntax.FolderCommand.Enable;
import dev.postroom.imap.syntax.FolderCommand.Idle;
import dev.postroom.imap.syntax.FolderCommand.ListFolders;
import dev.postroom.imap.syntax.FolderCommand.Lsub;
import dev.postroom.imap.syntax.FolderCommand.Namespace;
import dev.postroom.imap.syntax.FolderCommand.Notify;
import dev.postroom.imap.syntax.FolderCommand.Rename;
import dev.postroom.imap.syntax.FolderCommand.SearchFolders;
import dev.postroom.imap.syntax.FolderCommand.Select;
import dev.postroom.imap.syntax.FolderCommand.Status;
import dev.postroom.imap.syntax.FolderCommand.Subscribe;
import dev.postroom.imap.syntax.FolderCommand.Unsubscribe;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.SpecialUse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** RFC 3501 §6.3: folders by name. */
record FolderCommands(ImapSession session, User user, String tag) {
  private static final String DELIMITER = "/";

  Completion perform(FolderCommand command) throws IOException, NoSuchMessageException {
    return switch (command) {
      case Enable(var capabilities) -> enable(capabilities);
      case Select select -> select(select);
      case Create(var folder, var uses) -> create(folder, uses);
      case Delete(var folder) -> delete(folder);
      case Rename(var from, var to) -> rename(from, to);
      case Subscribe(var folder) -> subscribe(folder);
      case Unsubscribe(var folder) -> unsubscribe(folder);
      case ListFolders list -> new FolderListing(session, user).list(list);
      case Lsub lsub -> new FolderListing(session, user).lsub(lsub);
      case Status status -> new StatusResponse(session, user).status(status);
      case SearchFolders search -> new FolderSearch(session, user, tag).search(search);
      case Namespace _ -> namespace();
      case Notify notify -> new NotifyCommand(session, user).perform(notify);
      case Append append -> new AppendConversation(session).append(tag, append, user);
      case Idle _ -> session.idle();
    };
  }

  /** RFC 5161 §3.1: what is not known is ignored; only what is newly on is told. */
  private Completion enable(List<String> capabilities) throws IOException {
    var told = new StringBuilder("ENABLED");
    for (var capability : capabilities) {
      var extension = Extension.named(capability).orElse(null);
      if (extension != null && session.enable(extension)) {
        told.append(' ').append(extension.capability());
      }
    }
    session.out().untagged(told.toString());
    return Completion.ok("ENABLE done");
  }

  private Completion namespace() throws IOException {
    session.out().untagged("NAMESPACE ((\"\" \"/\")) ((\"Shared/\" \"/\")) NIL");
    return Completion.ok("NAMESPACE done");
  }

  private FolderNamespace names() {
    return new FolderNamespace(session, user);
  }

  private Completion select(Select command) throws IOException {
    var resync = command.resync();
    if (resync != null && !session.isEnabled(Extension.QRESYNC)) {
      return Completion.bad("ENABLE QRESYNC first"); // RFC 7162 §3.2.5
    }
    if (resync != null && resync.match() != null && session.isEnabled(Extension.UIDONLY)) {
      return SelectedCommands.numbersRefused();
    }
    boolean readOnly = command.readOnly();
    if (session.leaveFolder()) { // RFC 3501 §6.3.1: even when the new one cannot be opened
      session.out().untagged("OK [CLOSED] the other folder"); // RFC 7162 §3.2.11
    }
    if (command.condstore()) {
      session.useModSeqs();
    }
    var found = names().existing(command.folder(), FolderRight.READ);
    var folder =
        SelectedFolder.open(
            found,
            Access.of(found, session, user.viewer().mailboxId()),
            readOnly,
            new MessageLimit(session.services().config.messageLimit()),
            session.enabled(),
            session.wire()::nudge);
    session.select(user, folder);
    describe(folder);
    if (session.isRev2()) {
      new ListResponse(session.out())
          .canonical(folder.info(), isSubscribed(folder.info()), command.folder());
    }
    if (resync != null && resync.uidValidity() == folder.info().uidValidity()) {
      new Resynchronization(folder, session.out()).tell(resync);
    }
    return Completion.ok(
        folder.isReadOnly() ? "READ-ONLY" : "READ-WRITE",
        readOnly ? "EXAMINE done" : "SELECT done");
  }

  /** What RFC 3501 §6.3.1 or RFC 9051 §6.3.2 requires before the completion. */
  private void describe(SelectedFolder folder) throws IOException {
    var out = session.out();
    var numbers = folder.numbers();
    out.raw("* FLAGS ").flags(folder.flags()).crlf();
    folder.tellPermanentFlags(out);
    out.raw("* ").number(numbers.count()).raw(" EXISTS").crlf();
    if (!session.isRev2()) {
      out.untagged("0 RECENT"); // docs/decisions: \Recent is never set
    }
    if (!session.isRev2() && !folder.tellsOnlyUids()) {
      tellFirstUnseen(folder);
    }
    out.raw("* OK [UIDVALIDITY ").number(folder.info().uidValidity()).raw("] UIDs valid").crlf();
    long next = Math.max(folder.info().uidNext(), numbers.lastUid() + 1);
    out.raw("* OK [UIDNEXT ").number(next).raw("] predicted").crlf();
    folder.tellHighestModSeq(out);
    out.raw("* OK [").raw(ObjectIds.folder(folder.id())).raw("] for ever").crlf(); // RFC 8474 §4.2
  }

  private void tellFirstUnseen(SelectedFolder folder) throws IOException {
    var flags = folder.currentFlags();
    for (int number = 1; number <= folder.numbers().count(); number++) {
      if (!flags.of(number).contains("\\Seen")) {
        session.out().raw("* OK [UNSEEN ").number(number).raw("] first unseen").crlf();
        return;
      }
    }
  }

  private Completion create(String name, List<String> uses) throws IOException {
    // RFC 3501 §6.3.3: a final delimiter only announces that names below it will follow
    var plain = name.endsWith(DELIMITER) ? name.substring(0, name.length() - 1) : name;
    if (uses.size() > 1) {
      return Completion.no("USEATTR", "a folder has one special use"); // RFC 6154 §3
    }
    Optional<SpecialUse> use =
        uses.isEmpty() ? Optional.empty() : SpecialUse.named(uses.getFirst());
    if (use.isEmpty() && !uses.isEmpty()) {
      return Completion.no("USEATTR", "there is no special use " + uses.getFirst());
    }
    var place = names().placeForNew(plain);
    boolean own = place.mailbox() == user.mailbox();
    if (use.isPresent() && !own) {
      return Completion.no("USEATTR", "what another's folder is for, its owner says");
    }
    var created = place.mailbox().create(place.name(), use.orElse(null));
    if (session.isRev2() && own && !created.name().equals(plain)) {
      new ListResponse(session.out())
          .canonical(created, created.subscribed(), plain); // RFC 9051 §6.3.4
    }
    return Completion.ok(ObjectIds.folder(created.id()), "CREATE done"); // RFC 8474 §4.1
  }

  private Completion delete(String name) {
    var folder = names().existing(name, FolderRight.DELETE_FOLDER);
    folder.mailbox().delete(folder.id());
    if (session.state() instanceof Selected(_, var selected) && selected.id() == folder.id()) {
      session.leaveFolder();
    }
    return Completion.ok("DELETE done");
  }

  private Completion rename(String from, String to) throws IOException {
    var old = names().existing(from, FolderRight.DELETE_FOLDER);
    var place = names().placeForNew(to);
    if (old.mailbox().mailboxId() != place.mailbox().mailboxId()) {
      return Completion.no("CANNOT", "a folder stays in its mailbox; copy its messages instead");
    }
    old.mailbox().rename(old.id(), place.name());
    var renamed = session.isRev2() ? names().find(to).orElse(null) : null;
    if (renamed != null
        && (!old.folder().name().equals(from) || !renamed.folder().name().equals(to))) {
      var now = renamed.folder();
      // RFC 9051 §6.3.6
      new ListResponse(session.out()).write(now, now.name(), isSubscribed(now), from);
    }
    return Completion.ok("RENAME done");
  }

  private Completion subscribe(String name) {
    user.mailbox().subscribe(name);
    return Completion.ok("SUBSCRIBE done");
  }

  /** Each user has subscriptions of his own, to folders of others, too. */
  private boolean isSubscribed(FolderInfo folder) {
    return FolderNamespace.isOthers(folder.name())
        ? user.mailbox().subscriptions().contains(folder.name())
        : folder.subscribed();
  }

  private Completion unsubscribe(String name) {
    user.mailbox().unsubscribe(name);
    return Completion.ok("UNSUBSCRIBE done");
  }
}
