package dev.postroom.imap;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.BlobWriter;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.message.MessageScanner;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.NewMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** APPEND (RFC 3501 §6.3.11): the message goes straight from the wire into a blob. */
record AppendConversation(ImapSession session) {
  private static final int MAX_REST = 1024;

  Completion append(Append command, User user) throws IOException {
    var refused = refusal(command, user);
    if (refused != null) {
      skip(command);
      return refused;
    }
    var folder = user.mailbox().folder(command.folder()).orElseThrow();
    if (command.waits()) {
      session.receiver().goOn();
    }
    try (var blob = new Incoming(session.services().blobs.write())) {
      session.receiver().read(command.size(), blob);
      if (!restIsEmpty()) {
        return Completion.bad("one message for each APPEND"); // RFC 3502 is not offered
      }
      return keep(blob, folder, command, user);
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
      restIsEmpty();
    }
  }

  private long mostSkipped() {
    return session.state() instanceof State.NotAuthenticated
        ? CommandReceiver.MAX_SKIPPED
        : session.services().config.appendLimit().asLongValue();
  }

  private boolean restIsEmpty() throws IOException {
    return session.wire().readLine(MAX_REST).octets().length == 0;
  }

  private @Nullable Completion refusal(Append command, User user) {
    long limit = session.services().config.appendLimit().asLongValue();
    if (command.size() > limit) {
      return Completion.no("TOOBIG", "a message has at most " + limit + " octets"); // RFC 7889
    }
    if (command.size() == 0) {
      return Completion.no("an empty message is none"); // RFC 3502 §6.3.11: a way to cancel
    }
    if (user.mailbox().folder(command.folder()).isEmpty()) {
      return Completion.no("TRYCREATE", "there is no such folder");
    }
    if (!session.services().store.hasRoom(user.viewer().mailboxId(), command.size())) {
      return Completion.no("OVERQUOTA", "the mailbox is full");
    }
    return null;
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
   * The blob and the scanner side by side. When the disk fails, the rest of the literal is still
   * read, so that the conversation can go on; {@link #keep} then tells.
   */
  private static final class Incoming extends OutputStream {
    private final BlobWriter blob;
    private final MessageScanner scanner = new MessageScanner();
    private @Nullable IOException failure;

    Incoming(BlobWriter blob) {
      this.blob = blob;
    }

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      if (failure != null) {
        return;
      }
      scanner.write(octets, offset, length);
      try {
        blob.write(octets, offset, length);
      } catch (IOException failed) {
        failure = failed;
      }
    }

    BlobId keep() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return blob.keep();
    }

    @Override
    public void close() throws IOException {
      blob.close();
    }
  }
}
