package dev.postroom.imap;

import dev.postroom.imap.syntax.SelectedCommand.FlagChange;
import dev.postroom.imap.syntax.SelectedCommand.Store;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoredMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** STORE (RFC 3501 §6.4.6). */
record StoreCommand(ImapSession session, SelectedFolder folder) {

  Completion store(Store command) throws IOException, NoSuchMessageException {
    if (folder.isReadOnly()) {
      return SelectedCommands.readOnly();
    }
    var numbers = folder.resolve(command.messages(), command.uid());
    if (numbers.length == 0) {
      return Completion.ok("STORE done, of nothing");
    }
    var stored =
        folder
            .mailbox()
            .store(folder.id(), folder.uids(numbers), inStore(command.change()), command.flags());
    for (var message : stored) {
      tell(message, command);
    }
    return stored.size() < numbers.length
        ? Completion.ok("EXPUNGEISSUED", "STORE done, some messages are gone") // RFC 5530 §3
        : Completion.ok("STORE done");
  }

  private void tell(StoredMessage message, Store command) throws IOException {
    int number = folder.numbers().number(message.uid());
    var expected = expected(folder.numbers().flags(number), command);
    folder.learnKeywords(message.flags(), session.out());
    folder.numbers().flags(number, message.flags());
    // RFC 3501 §6.4.6: silent about what the client knows, not about what others changed
    if (!command.silent() || !expected.equals(message.flags())) {
      folder.tellFlags(number, command.uid(), session.out());
    }
  }

  private static Set<String> expected(Set<String> before, Store command) {
    return switch (command.change()) {
      case REPLACE -> command.flags();
      case ADD -> {
        var more = new HashSet<>(before);
        more.addAll(command.flags());
        yield more;
      }
      case REMOVE -> {
        var fewer = new HashSet<>(before);
        fewer.removeAll(command.flags());
        yield fewer;
      }
    };
  }

  private static MailboxStore.FlagChange inStore(FlagChange change) {
    return switch (change) {
      case REPLACE -> MailboxStore.FlagChange.REPLACE;
      case ADD -> MailboxStore.FlagChange.ADD;
      case REMOVE -> MailboxStore.FlagChange.REMOVE;
    };
  }
}
