package dev.postroom.imap;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.BlobWriter;
import dev.postroom.blob.Blobs;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.message.MessageScanner;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.NewMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** APPEND (RFC 3501 §6.3.11): the message goes straight from the wire into a blob. */
record AppendConversation(ImapSession session) {
  Completion append(Append command, User user) throws IOException {
    FolderInfo folder;
    try {
      folder = admit(command, user);
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
    try (var blob = new Incoming(session.services().blobs)) {
      session.receiver().read(command.size(), blob);
      if (!session.receiver().commandEnds()) {
        return Completion.bad("one message for each APPEND"); // RFC 3502 is not offered
      }
      return keep(blob, folder, command, user);
    }
  }

  /** Why the message is not wanted, before it has come. */
  private static final class RefusedException extends Exception {
    private final transient Completion completion;

    RefusedException(Completion completion) {
      super(completion.text(), null, false, false);
      this.completion = completion;
    }
  }

  private FolderInfo admit(Append command, User user) throws RefusedException {
    long limit = session.services().config.appendLimit().asLongValue();
    if (command.size() > limit) {
      // RFC 7889 §4
      throw new RefusedException(
          Completion.no("TOOBIG", "a message has at most " + limit + " octets"));
    }
    if (command.size() == 0) {
      throw new RefusedException(Completion.no("an empty message is none"));
    }
    var folder = user.mailbox().folder(command.folder()).orElse(null);
    if (folder == null) {
      throw new RefusedException(Completion.no("TRYCREATE", "there is no such folder"));
    }
    if (!session.services().store.hasRoom(user.viewer().mailboxId(), command.size())) {
      throw new RefusedException(Completion.no("OVERQUOTA", "the mailbox is full"));
    }
    return folder;
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

  private Completion keep(Incoming blob, FolderInfo folder, Append command, User user)
      throws IOException {
    var given = command.internalDate();
    Instant date = given == null ? session.services().clock.instant() : given;
    var id = blob.keep();
    long uid =
        user.mailbox()
            .append(folder.id(), new NewMessage(id, blob.scanner.finish(), command.flags(), date));
    if (session.state() instanceof State.Selected(_, var selected)
        && selected.id() == folder.id()) {
      selected.askAgain(); // RFC 3501 §6.3.11: the client hears EXISTS at once
    }
    // RFC 4315 §3
    return Completion.ok("APPENDUID " + folder.uidValidity() + " " + uid, "APPEND done");
  }

  /**
   * The blob and the scanner side by side. When writing fails, the rest of the literal is still
   * read, so that none of it is taken for commands; {@link #keep} then tells.
   */
  private static final class Incoming extends OutputStream {
    private final MessageScanner scanner = new MessageScanner();
    private @Nullable BlobWriter blob;
    private @Nullable Exception failure;

    Incoming(Blobs blobs) {
      try {
        blob = blobs.write();
      } catch (IOException failed) {
        failure = failed;
      }
    }

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      var to = blob;
      if (to == null || failure != null) {
        return;
      }
      try {
        scanner.write(octets, offset, length);
        to.write(octets, offset, length);
      } catch (IOException | RuntimeException failed) {
        failure = failed;
      }
    }

    BlobId keep() throws IOException {
      if (failure != null) {
        throw new IOException("the message could not be written", failure);
      }
      return Objects.requireNonNull(blob).keep();
    }

    @Override
    public void close() throws IOException {
      if (blob != null) {
        blob.close();
      }
    }
  }
}
