package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Notify;
import dev.postroom.imap.syntax.NotifyEvent;
import dev.postroom.imap.syntax.StatusItem;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** NOTIFY (RFC 5465 §3.1). */
record NotifyCommand(ImapSession session, User user) {
  private static final Set<NotifyEvent> SUPPORTED =
      EnumSet.of(
          NotifyEvent.MESSAGE_NEW,
          NotifyEvent.MESSAGE_EXPUNGE,
          NotifyEvent.FLAG_CHANGE,
          NotifyEvent.MAILBOX_NAME,
          NotifyEvent.SUBSCRIPTION_CHANGE,
          NotifyEvent.MAILBOX_METADATA_CHANGE,
          NotifyEvent.SERVER_METADATA_CHANGE);

  Completion perform(Notify command) throws IOException {
    if (!command.allKnown()
        || !command.groups().stream().allMatch(group -> SUPPORTED.containsAll(group.events()))) {
      return Completion.no(badEvent(), "there are no other events");
    }
    var interests = Interests.of(command.groups());
    if (interests.nameFoldersOfOthers()) {
      // RFC 5465 §3.1: what is too dear may be refused
      return Completion.no("NOTIFICATIONOVERFLOW", "folders of others are not listened to");
    }
    if (!command.groups().isEmpty()) {
      session.news().tellEverything(); // it is a NOOP as well
    }
    session
        .news()
        .listen(
            user,
            interests,
            Interests.selected(command.groups()).map(Telling::of).orElse(Telling.NOTHING));
    if (command.status()) {
      tellStatus(interests);
    }
    return Completion.ok("NOTIFY done");
  }

  private static String badEvent() {
    return SUPPORTED.stream()
        .map(NotifyEvent::wireName)
        .collect(Collectors.joining(" ", "BADEVENT (", ")"));
  }

  private void tellStatus(Interests interests) throws IOException {
    var selected = session.news().selectedFolder();
    var watched =
        user.mailbox().folders().stream()
            .filter(folder -> selected.isEmpty() || selected.getAsLong() != folder.id())
            .filter(
                folder ->
                    interests.include(NotifyEvent.MESSAGE_NEW, folder.name(), folder.subscribed()))
            .toList();
    new StatusResponse(session, user)
        .writeUnasked(
            watched,
            StatusItem.MESSAGES,
            StatusItem.UIDNEXT,
            StatusItem.UIDVALIDITY,
            StatusItem.UNSEEN,
            StatusItem.HIGHESTMODSEQ);
  }
}
