package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The mail of all mailboxes. */
@ApplicationScoped
public class MailStore {
  /** One mailbox's folders and messages; cheap, opens nothing. */
  public MailboxStore open(long mailboxId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts one message into the inboxes of many mailboxes, inside the caller's transaction. Announced
   * to {@link Changes} when that transaction has committed.
   *
   * @return the mailboxes that were too full to take it; all others have it
   */
  public Set<Long> deliver(Collection<Long> mailboxIds, NewMessage message) {
    throw new UnsupportedOperationException();
  }

  /** Whether the mailbox can take that many octets more, as things stand. */
  public boolean hasRoom(long mailboxId, long octets) {
    throw new UnsupportedOperationException();
  }

  /** What each mailbox holds, in one query; every id asked for has an entry. */
  public Map<Long, Usage> usage(Collection<Long> mailboxIds) {
    throw new UnsupportedOperationException();
  }
}
