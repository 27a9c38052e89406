package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.store.MailboxStore.Appended;
import dev.postroom.store.NewMessage;
import dev.postroom.store.StoreProblem;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * APPEND (RFC 3501 §6.3.11). One message is answered together with those that the client sends at
 * once, see {@link PendingAppends}; several (RFC 3502) are kept all or none.
 */
record AppendConversation(ImapSession session) {

  /** {@link Completion#LATER}, or how it ended. */
  Completion append(String tag, Append command, User user) throws IOException {
    try (var intake = new MessageIntake(session, user, command.folder())) {
      intake.read(command.first());
      if (intake.isOne()) {
        session.appends().add(tag, command, intake.takeOne());
        return Completion.LATER;
      }
      var messages = intake.keep();
      int most = session.services().config.messageLimit();
      return messages.size() > most
          ? Completion.no("MESSAGELIMIT " + most, "too many messages; nothing done") // RFC 9738
          : append(command.folder(), messages, new FolderNamespace(session, user));
    } catch (RefusedException refused) {
      return refused.completion();
    }
  }

  private Completion append(String folder, List<NewMessage> messages, FolderNamespace names) {
    try {
      var place = names.destination(folder);
      var appended = place.mailbox().appendAll(place.name(), place.permitted(messages));
      session.news().mine(appended);
      return Completion.ok(appendUid(appended), "APPEND done");
    } catch (StoreProblem problem) {
      return turnedDown(problem);
    }
  }

  /** RFC 4315 §3, RFC 3502 §6.3.11: the UIDs ascend without a gap. */
  static String appendUid(Appended appended) {
    var uids = appended.uids().stream().flatMapToLong(OptionalLong::stream).boxed().toList();
    return "APPENDUID " + appended.uidValidity() + " " + UidSet.of(uids);
  }

  static Completion turnedDown(StoreProblem problem) {
    return problem.kind() == StoreProblem.Kind.NONEXISTENT
        ? Completion.no("TRYCREATE", "there is no such folder") // RFC 3501 §6.3.11
        : Failures.of(problem);
  }
}
