package dev.postroom.store;

import dev.postroom.blob.BlobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mail of all mailboxes. */
@ApplicationScoped
public class MailStore {
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(50);

  private final SqlMailboxStore.Parts parts;
  private final Sharing sharing;
  private final Delivery delivery;
  private final RoomyMailboxes roomy = new RoomyMailboxes();
  private final StoreMeters meters;

  @Inject
  MailStore(
      Transactions transactions,
      FolderReader folders,
      FolderTree tree,
      Subscriptions subscriptions,
      Annotations annotations,
      IndexReader index,
      LiveFolders live,
      SaveDates saveDates,
      Contents contents,
      Appending appending,
      Flagging flagging,
      Copying copying,
      Expunging expunging,
      Replacing replacing,
      Sharing sharing,
      Delivery delivery,
      Changes changes,
      StoreMeters meters) {
    this.parts =
        new SqlMailboxStore.Parts(
            transactions,
            folders,
            tree,
            subscriptions,
            annotations,
            index,
            live,
            saveDates,
            contents,
            appending,
            flagging,
            copying,
            expunging,
            replacing,
            changes);
    this.sharing = sharing;
    this.delivery = delivery;
    this.meters = meters;
  }

  /** Who may do what in whose folders. */
  public Sharing sharing() {
    return sharing;
  }

  /** One mailbox's folders and messages; cheap, opens nothing. */
  public MailboxStore open(long mailboxId) {
    return new SqlMailboxStore(mailboxId, parts);
  }

  /**
   * Puts one message into the inboxes of many mailboxes, inside the caller's transaction (or one of
   * its own where there is none). Announced to {@link Changes} when that transaction has committed.
   *
   * @return the mailboxes that were too full to take it; all others have it
   * @throws StoreProblem NONEXISTENT when one of the mailboxes is gone; then none has it
   */
  public Set<Long> deliver(Collection<Long> mailboxIds, NewMessage message) {
    return deliver(List.of(Incoming.of(mailboxIds, message)), DEFAULT_PATIENCE).getFirst();
  }

  /**
   * The same for several messages at once, with as few statements as for one. They arrive in their
   * order.
   *
   * @param patience how long to wait for a mailbox that somebody else changes, in whole seconds
   * @return for each message the mailboxes that were too full to take it
   * @throws StoreProblem NONEXISTENT when one of the mailboxes is gone; then nobody has anything
   */
  public List<Set<Long>> deliver(List<Incoming> messages, Duration patience) {
    return meters.timed(
        () ->
            parts
                .transactions()
                .write(connection -> delivery.deliver(connection, messages, patience)));
  }

  /** Whether the mailbox can take that many octets more, as things stand or stood a moment ago. */
  public boolean hasRoom(long mailboxId, long octets) {
    return roomy.haveRoom(
        mailboxId,
        octets,
        id -> parts.transactions().read(connection -> UsageLedger.room(connection, id)));
  }

  /** What the mailbox holds and may hold. */
  public Quota quota(long mailboxId) {
    return parts.transactions().read(connection -> UsageLedger.quota(connection, mailboxId));
  }

  /** What each mailbox holds, in one query; every id asked for has an entry. */
  public Map<Long, Usage> usage(Collection<Long> mailboxIds) {
    return parts.transactions().read(connection -> UsageLedger.usage(connection, mailboxIds));
  }

  /**
   * The fullest mailboxes of an account and its customers, the fullest first.
   *
   * @param accountId null for those of all accounts
   * @param percent only those that hold at least this share of their quota
   */
  public List<Long> fullest(@Nullable Long accountId, int percent, int max) {
    return parts
        .transactions()
        .read(connection -> UsageLedger.fullest(connection, accountId, percent, max));
  }

  /** Which of these blobs a message still needs. */
  public Set<BlobId> referenced(Set<BlobId> blobs) {
    return parts.contents().referenced(blobs);
  }
}
