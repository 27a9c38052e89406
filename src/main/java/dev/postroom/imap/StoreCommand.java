package dev.postroom.imap;

import dev.postroom.imap.syntax.SelectedCommand.FlagChange;
import dev.postroom.imap.syntax.SelectedCommand.Store;
import dev.postroom.store.MailboxStore;
import java.io.IOException;
import java.util.HashMap;
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
    var before = folder.currentFlags().of(numbers);
    folder.store(numbers, inStore(command.change()), command.flags());
    folder.learnKeywords(session.out());
    int gone = tell(numbers, before, command);
    return gone > 0
        ? Completion.ok("EXPUNGEISSUED", "STORE done, some messages are gone") // RFC 5530 §3
        : Completion.ok("STORE done");
  }

  /** Gives how many messages are gone. */
  private int tell(int[] numbers, CurrentFlags.Known before, Store command) throws IOException {
    var after = folder.currentFlags();
    var expected = new HashMap<Set<String>, Set<String>>();
    int gone = 0;
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      if (after.isExpunged(number)) {
        gone++;
      } else if (!command.silent()
          // RFC 3501 §6.4.6: silent about what the client knows, not about what others changed
          || before.isUntold(i)
          || !expected
              .computeIfAbsent(before.flags(i), flags -> expected(flags, command))
              .equals(after.of(number))) {
        folder.tellFlags(number, command.uid(), after, session.out());
      }
    }
    return gone;
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
