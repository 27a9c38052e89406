package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Append;
import java.io.IOException;
import java.io.OutputStream;

/**
 * APPEND (RFC 3501 §6.3.11): the message goes straight from the wire into a blob. It is answered
 * together with those that the client sends at once, see {@link PendingAppends}.
 */
record AppendConversation(ImapSession session) {

  /** {@link Completion#LATER}, or why not. */
  Completion append(String tag, Append command, User user) throws IOException {
    try {
      admit(command, user);
    } catch (RefusedException refused) {
      skip(command);
      return refused.completion;
    } catch (RuntimeException failed) {
      skip(command); // else the message would be read as commands
      throw failed;
    }
    if (command.waits()) {
      session.receiver().goOn();
    }
    var message = new IncomingMessage(session.services().blobs);
    boolean whole = false;
    try {
      session.receiver().read(command.size(), message);
      whole = session.receiver().commandEnds();
    } finally {
      if (!whole) {
        message.close();
      }
    }
    if (!whole) {
      return Completion.bad("one message for each APPEND"); // RFC 3502 is not offered
    }
    session.appends().add(tag, command, message);
    return Completion.LATER;
  }

  /** Why the message is not wanted, before it has come. */
  private static final class RefusedException extends Exception {
    private final transient Completion completion;

    RefusedException(Completion completion) {
      super(completion.text(), null, false, false);
      this.completion = completion;
    }
  }

  /** Folder and room are asked for only if that can spare the client to send the message. */
  private void admit(Append command, User user) throws RefusedException {
    long limit = session.services().config.appendLimit().asLongValue();
    if (command.size() > limit) {
      // RFC 7889 §4
      throw new RefusedException(
          Completion.no("TOOBIG", "a message has at most " + limit + " octets"));
    }
    if (command.size() == 0) {
      throw new RefusedException(Completion.no("an empty message is none"));
    }
    if (command.waits() && user.mailbox().folder(command.folder()).isEmpty()) {
      throw new RefusedException(Completion.no("TRYCREATE", "there is no such folder"));
    }
    if (command.waits()
        && !session.services().store.hasRoom(user.viewer().mailboxId(), command.size())) {
      throw new RefusedException(Completion.no("OVERQUOTA", "the mailbox is full"));
    }
  }

  /** Reads past the message of an APPEND that is refused, if the client sends it unasked. */
  void skip(Append command) throws IOException {
    if (command.waits()) {
      return;
    }
    if (command.size() > mostSkipped()) {
      session.end("a message of " + command.size() + " octets is not read"); // RFC 7888 §4
    } else {
      session.receiver().read(command.size(), OutputStream.nullOutputStream());
      session.receiver().commandEnds();
    }
  }

  private long mostSkipped() {
    return session.state() instanceof State.NotAuthenticated
        ? CommandReceiver.MAX_SKIPPED
        : session.services().config.appendLimit().asLongValue();
  }
}
