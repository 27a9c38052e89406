package dev.postroom.imap;

import dev.postroom.directory.FolderRights;
import dev.postroom.imap.syntax.SelectedCommand.FlagChange;
import dev.postroom.imap.syntax.SelectedCommand.Store;
import dev.postroom.store.LiveFolder.Stored;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/** STORE (RFC 3501 §6.4.6). */
record StoreCommand(ImapSession session, SelectedFolder folder) {

  Completion store(Store command) throws IOException, NoSuchMessageException {
    if (!mayChangeAny(command)) {
      return SelectedCommands.refused(folder);
    }
    var numbers = folder.resolve(command.messages(), command.uid());
    if (numbers.length == 0) {
      return Completion.ok("STORE done, of nothing");
    }
    var unchangedSince = command.unchangedSince();
    if (unchangedSince != null) {
      session.useModSeqs();
    }
    var before = folder.currentFlags().of(numbers);
    var stored = change(numbers, command);
    folder.learnKeywords(session.out());
    int gone = tell(numbers, before, command, stored);
    if (!stored.leftOut().isEmpty()) {
      // RFC 7162 §3.1.3; the responses that tell why follow with what else has changed
      return Completion.ok("MODIFIED " + named(stored.leftOut(), command), "STORE done, of others");
    }
    return gone > 0
        ? Completion.ok("EXPUNGEISSUED", "STORE done, some messages are gone") // RFC 5530 §3
        : Completion.ok("STORE done");
  }

  private String named(UidSet uids, Store command) {
    return command.uid()
        ? uids.toString()
        : UidSet.of(uids.stream().mapToObj(uid -> (long) folder.numbers().number(uid)).toList())
            .toString();
  }

  private boolean mayChangeAny(Store command) {
    return !folder.isReadOnly()
        && (command.flags().isEmpty() || command.flags().stream().anyMatch(this::mayChange));
  }

  private boolean mayChange(String flag) {
    return Access.mayChange(folder.access().rights(), flag);
  }

  /** RFC 4314 §4: of the flags, those that the user has a right to; the others stay. */
  private Stored change(int[] numbers, Store command) {
    var unchangedSince = command.unchangedSince();
    long since = unchangedSince == null ? Long.MAX_VALUE : unchangedSince;
    if (folder.access().rights().equals(FolderRights.ALL)) {
      return folder.store(numbers, inStore(command.change()), command.flags(), since);
    }
    var flags = new HashSet<>(command.flags());
    flags.removeIf(flag -> !mayChange(flag));
    return command.change() == FlagChange.REPLACE
        ? replace(numbers, flags, since)
        : folder.store(numbers, inStore(command.change()), flags, since);
  }

  /** In two steps, for what may not be changed differs from message to message. */
  private Stored replace(int[] numbers, Set<String> flags, long since) {
    var others = new HashSet<>(folder.flags());
    others.removeIf(flag -> !mayChange(flag) || flags.contains(flag));
    var removed = folder.store(numbers, MailboxStore.FlagChange.REMOVE, others, since);
    var left =
        Arrays.stream(numbers)
            .filter(number -> !removed.leftOut().contains(folder.numbers().uid(number)))
            .toArray();
    var added = folder.store(left, MailboxStore.FlagChange.ADD, flags, Long.MAX_VALUE);
    return new Stored(Math.max(removed.modSeq(), added.modSeq()), removed.leftOut());
  }

  /** Gives how many messages are gone. */
  private int tell(int[] numbers, CurrentFlags.Known before, Store command, Stored stored)
      throws IOException {
    var after = folder.currentFlags();
    var expected = new HashMap<Set<String>, Set<String>>();
    int gone = 0;
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      if (after.isExpunged(number)) {
        gone++;
      } else if (stored.leftOut().contains(folder.numbers().uid(number))) {
        continue; // as it was: told with other changes if the client does not know
      } else if (!command.silent()
          // RFC 3501 §6.4.6: silent about what the client knows, not about what others changed
          || before.isUntold(i)
          || !expected
              .computeIfAbsent(before.flags(i), flags -> expected(flags, command))
              .equals(after.of(number))) {
        folder.tellFlags(number, command.uid(), after, session.out());
      } else if (command.unchangedSince() != null
          || (folder.tellsModSeqs() && after.modSeq(number) == stored.modSeq())) {
        folder.tellModSeq(number, command.uid(), after, session.out()); // RFC 7162 §3.1.3
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
