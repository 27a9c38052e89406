package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.store.Changes;
import dev.postroom.store.MailboxNotice;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has changed in the folders that a client listens to (RFC 5465) and has not been told yet.
 *
 * <p>Threads: whoever changes something notes it here and wakes the session, whose own thread tells
 * it. What the session does itself is not noted.
 */
final class Notifications implements AutoCloseable {
  private static final Backlog NOTHING = new Backlog();

  private final Interests interests;
  private final ImapSession session;
  private final User user;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private Backlog backlog = new Backlog(); // guarded by lock
  private boolean tooMuch; // guarded by lock
  private final Changes.Subscription subscription;

  Notifications(ImapSession session, User user, Interests interests) {
    this.session = session;
    this.user = user;
    this.interests = interests;
    this.most = session.services().config.notifyBacklog();
    this.subscription = user.mailbox().listen(this::note);
  }

  private void note(List<MailboxNotice> notices) {
    var interesting = notices.stream().filter(interests::include).toList();
    if (session.news().isOwnThread() || interesting.isEmpty()) {
      return; // RFC 5465 §5: not what the client itself has done
    }
    lock.lock();
    try {
      if (!tooMuch) {
        interesting.forEach(backlog::add);
      }
      if (backlog.size() > most) {
        tooMuch = true;
        backlog = new Backlog();
      }
    } finally {
      lock.unlock();
    }
    session.wire().nudge();
  }

  /** Null when there was too much of it. */
  private @Nullable Backlog take() {
    lock.lock();
    try {
      var taken = backlog;
      if (taken.size() > 0) {
        backlog = new Backlog();
        return taken;
      }
      return tooMuch ? null : NOTHING;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells all that waits.
   *
   * @return false when there was too much of it: nothing more is told then (RFC 5465 §5.8)
   */
  boolean tell() throws IOException {
    var taken = take();
    if (taken == null) {
      overflow();
      return false;
    }
    new NotificationWriter(session, user).write(taken, interests);
    return true;
  }

  void overflow() throws IOException {
    session.out().untagged("OK [NOTIFICATIONOVERFLOW] too much has changed");
  }

  @Override
  public void close() {
    subscription.close();
  }
}
