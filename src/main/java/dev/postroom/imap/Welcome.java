package dev.postroom.imap;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether a user who has signed in may still be here. A connection can last for weeks: it must not
 * outlast the right to sign in. Asked of the directory every now and then.
 */
final class Welcome {
  private static final Logger LOG = Logger.getLogger(Welcome.class);

  private final Mailboxes mailboxes;
  private final Viewer.MailboxUser user;
  private final long intervalNanos;
  private long lastAsked = System.nanoTime();

  Welcome(Mailboxes mailboxes, Viewer.MailboxUser user, Duration interval) {
    this.mailboxes = mailboxes;
    this.user = user;
    this.intervalNanos = interval.toNanos();
  }

  /** Why it is over; empty while it is not. */
  Optional<String> over() {
    if (System.nanoTime() - lastAsked < intervalNanos) {
      return Optional.empty();
    }
    lastAsked = System.nanoTime();
    try {
      var suspension = mailboxes.find(Viewer.SERVER, user.mailboxId()).effective();
      return suspension.login()
          ? Optional.of("this mailbox is suspended: " + suspension.reason())
          : Optional.empty();
    } catch (DirectoryProblem gone) {
      return Optional.of("this mailbox is gone");
    } catch (RuntimeException unknown) {
      LOG.warnf("cannot ask whether %s may stay: %s", user.address(), unknown);
      return Optional.empty(); // asked again next time
    }
  }
}
