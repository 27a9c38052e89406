package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.SelectedCommand.Replace;
import dev.postroom.imap.syntax.SequenceSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** REPLACE and UID REPLACE (RFC 8508): a new message comes, an old one goes, at one moment. */
record ReplaceConversation(ImapSession session, User user, SelectedFolder folder) {

  Completion replace(Replace command) throws IOException {
    try (var intake = new MessageIntake(session, user, command.folder())) {
      int old = old(command);
      var refusal = refusal(command, old, target(command));
      if (refusal.isPresent()) {
        throw intake.refuse(command.first(), refusal.get());
      }
      intake.replaces(folder.numbers().size(old));
      intake.read(command.first());
      var messages = intake.keep();
      if (messages.size() != 1) {
        return Completion.bad("one message for each REPLACE"); // RFC 8508 §3.1
      }
      var target = target(command);
      var late = refusal(command, old, target); // rights may have gone while the message came
      if (late.isPresent()) {
        return late.get();
      }
      var to = target.orElseThrow().require(FolderRight.INSERT);
      var place = new FolderNamespace.Place(to.mailbox(), command.folder(), to.rights());
      var replaced =
          folder
              .mailbox()
              .replace(
                  folder.id(),
                  folder.numbers().uid(old),
                  to.id(),
                  place.permitted(messages.getFirst()));
      session.news().mine(replaced);
      // RFC 8508 §4.3: before the old one's EXPUNGE
      session
          .out()
          .untagged("OK [" + AppendConversation.appendUid(replaced) + "] the new message is there");
      return SelectedCommands.told(session, folder, "REPLACE done"); // RFC 8508 §4.5
    } catch (RefusedException refused) {
      return refused.completion();
    }
  }

  private Optional<FoundFolder> target(Replace command) {
    return new FolderNamespace(session, user).find(command.folder());
  }

  /** The number of the message that is to go, or 0. */
  private int old(Replace command) {
    long number = command.number();
    var set = new SequenceSet(List.of(new SequenceSet.Range(number, number)));
    try {
      var numbers = folder.resolve(set, command.uid());
      return numbers.length == 0 ? 0 : numbers[0];
    } catch (NoSuchMessageException _) {
      return 0;
    }
  }

  private Optional<Completion> refusal(Replace command, int old, Optional<FoundFolder> target) {
    if (folder.tellsOnlyUids() && !command.uid()) {
      return Optional.of(SelectedCommands.numbersRefused());
    }
    // RFC 8508 §5: as STORE, EXPUNGE and APPEND
    if (!folder.may(FolderRight.DELETE_MESSAGES) || !folder.may(FolderRight.EXPUNGE)) {
      return Optional.of(SelectedCommands.refused(folder));
    }
    if (old == 0) {
      return Optional.of(Completion.no("NONEXISTENT", "there is no such message to replace"));
    }
    if (target.isEmpty()) {
      return Optional.of(Completion.no("TRYCREATE", "there is no such folder"));
    }
    return target.get().mailbox().mailboxId() == folder.mailbox().mailboxId()
        ? Optional.empty()
        : Optional.of(Completion.no("CANNOT", "a message is replaced within its mailbox"));
  }
}
