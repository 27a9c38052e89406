package dev.postroom.imap;

import dev.postroom.imap.State.Selected;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FetchItem;
import dev.postroom.imap.syntax.ImapCommand;
import dev.postroom.imap.syntax.SelectedCommand;
import dev.postroom.store.MailboxStore.Appended;
import dev.postroom.store.StoreProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells unasked: what changes in the selected folder, and in those that its client
 * listens to (RFC 5465).
 */
final class News {
  private static final FetchItem UID = new FetchItem.Uid();

  private final ImapSession session;
  private Telling telling = Telling.DURING_COMMANDS;
  private @Nullable Notifications others;

  /** Messages that the client itself has put into the selected folder, while it matters. */
  private final Set<Long> ownUids = new HashSet<>(0);

  private volatile @Nullable Thread thread;

  News(ImapSession session) {
    this.session = session;
  }

  /** The session goes on with this thread. */
  void enter() {
    thread = Thread.currentThread();
  }

  /** Whether it is the session itself that does something now. Any thread. */
  boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  /** NOTIFY: from now on, until the next NOTIFY. */
  void listen(User user, Interests interests, Telling ofSelected) {
    deafen();
    telling = ofSelected;
    if (!interests.isEmpty()) {
      others = new Notifications(session, user, interests);
    }
  }

  /** As if NOTIFY NONE had come, but for the selected folder. */
  private void deafen() {
    if (others != null) {
      others.close();
      others = null;
    }
    ownUids.clear();
  }

  /** Back to what a session begins with. */
  void reset() {
    deafen();
    telling = Telling.DURING_COMMANDS;
  }

  boolean comesBetweenCommands() {
    return telling.betweenCommands() || others != null;
  }

  boolean expungesComeBetweenCommands() {
    return telling.expungesBetweenCommands();
  }

  /** Messages that have arrived in a folder by a command of this session. */
  void mine(long folderId, Collection<Long> uids) {
    if (!telling.newItems().isEmpty() && isSelected(folderId)) {
      ownUids.addAll(uids); // RFC 5465 §5.2
    }
  }

  void mine(Appended appended) {
    mine(
        appended.folderId(),
        appended.uids().stream()
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .toList());
  }

  OptionalLong selectedFolder() {
    return session.state() instanceof Selected(_, var folder)
        ? OptionalLong.of(folder.id())
        : OptionalLong.empty();
  }

  private boolean isSelected(long folderId) {
    return session.state() instanceof Selected(_, var folder) && folder.id() == folderId;
  }

  /** At the end of a command. */
  void tellWith(ImapCommand command) throws IOException {
    boolean stable = command instanceof SelectedCommand on && on.needsStableNumbers();
    boolean removes =
        command instanceof SelectedCommand.Expunge
            || command instanceof SelectedCommand.UidExpunge
            || command instanceof SelectedCommand.Move
            || command instanceof SelectedCommand.Replace;
    if (removes && !telling.messages()) {
      tellEverything(); // else the client would not know what it has removed
    }
    tell(!stable);
  }

  /** Of the selected folder, whether or not the client listens to it. */
  void tellEverything() throws IOException {
    tellSelected(Telling.DURING_COMMANDS, true);
  }

  /**
   * @param numbersMayChange whether EXPUNGE may be told
   */
  void tell(boolean numbersMayChange) throws IOException {
    if (telling.messages()) {
      tellSelected(telling, numbersMayChange);
    }
    if (others != null) {
      tellOthers(others);
    }
  }

  /** A failure here fails no command: what has changed is told another time. */
  private void tellSelected(Telling how, boolean numbersMayChange) throws IOException {
    if (!(session.state() instanceof Selected(_, var folder))) {
      return;
    }
    try {
      long last = folder.numbers().lastUid();
      folder.report(session.out(), numbersMayChange, how.flags());
      if (!how.newItems().isEmpty()) {
        fetchNew(folder, last, how);
      }
    } catch (StoreProblem gone) {
      // RFC 2180 §3.3: another session has deleted the folder
      session.end("the selected folder is gone");
    } catch (RuntimeException failed) {
      session.failed(failed, "telling changes");
    }
  }

  private void fetchNew(SelectedFolder folder, long lastKnown, Telling how) throws IOException {
    var numbers = folder.numbers();
    int first = numbers.view().lowerBound(lastKnown + 1) + 1;
    var arrived = new int[numbers.count() - first + 1];
    Arrays.setAll(arrived, i -> first + i);
    var others =
        Arrays.stream(arrived).filter(number -> !ownUids.remove(numbers.uid(number))).toArray();
    if (others.length > 0) {
      var items = new ArrayList<>(how.newItems());
      if ((folder.tellsUids() || session.isRev2()) && !items.contains(UID)) {
        items.addFirst(UID); // RFC 7162 §3.2.4, RFC 9051 §7.5.2
      }
      new FetchCommand(session, folder).tell(others, items);
    }
  }

  private void tellOthers(Notifications listening) throws IOException {
    boolean goOn;
    try {
      goOn = listening.tell();
    } catch (RuntimeException failed) {
      session.failed(failed, "telling notifications");
      listening.overflow(); // what it was is lost
      goOn = false;
    }
    if (!goOn) {
      deafen();
      telling = Telling.NOTHING; // RFC 5465 §5.8: as after NOTIFY NONE
    }
  }
}
