package dev.postroom.store;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.message.MessageSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One mailbox's view of the store; what it does is done by the part for that concern. */
record SqlMailboxStore(long mailboxId, Parts parts) implements MailboxStore {

  /** The parts that all mailboxes share. */
  record Parts(
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
      Changes changes) {}

  @Override
  public List<FolderInfo> folders() {
    return parts.folders.folders(mailboxId);
  }

  @Override
  public Optional<FolderInfo> folder(String name) {
    return parts.folders.folder(mailboxId, name);
  }

  @Override
  public List<FolderInfo> foldersById(Collection<Long> ids) {
    return parts.folders.byId(mailboxId, ids);
  }

  @Override
  public List<FolderInfo> foldersByName(Collection<String> canonicalNames) {
    return parts.folders.byName(mailboxId, canonicalNames);
  }

  @Override
  public Changes.Subscription listen(Consumer<List<MailboxNotice>> listener) {
    return parts.changes.listen(mailboxId, listener);
  }

  @Override
  public FolderInfo create(String name, @Nullable SpecialUse specialUse) {
    return parts.tree.create(mailboxId, name, specialUse);
  }

  @Override
  public void delete(long folderId) {
    parts.tree.delete(mailboxId, folderId);
  }

  @Override
  public void rename(long folderId, String newName) {
    parts.tree.rename(mailboxId, folderId, newName);
  }

  @Override
  public void subscribe(String name) {
    parts.subscriptions.subscribe(mailboxId, name);
  }

  @Override
  public void unsubscribe(String name) {
    parts.subscriptions.unsubscribe(mailboxId, name);
  }

  @Override
  public Set<String> subscriptions() {
    return parts.subscriptions.list(mailboxId);
  }

  @Override
  public Map<Long, FolderStatus> status(Collection<Long> folderIds) {
    return parts.index.status(mailboxId, folderIds);
  }

  @Override
  public Map<Long, Long> deletedOctets(Collection<Long> folderIds) {
    return parts.index.deletedOctets(mailboxId, folderIds);
  }

  @Override
  public List<Annotation> annotations(
      long readerId, Collection<Long> folderIds, Annotation.Query query) {
    return parts.transactions.read(
        connection -> parts.annotations.read(connection, readerId, folderIds, query));
  }

  @Override
  public void annotate(long writerId, long folderId, Map<String, Optional<byte[]>> values) {
    parts.transactions.write(
        connection -> parts.annotations.write(connection, mailboxId, writerId, folderId, values));
  }

  @Override
  public void annotate(
      long writerId,
      long folderId,
      Map<String, Optional<byte[]>> values,
      Optional<SpecialUse> use) {
    parts.transactions.write(
        connection -> {
          parts.tree.use(connection, mailboxId, folderId, use);
          return parts.annotations.write(connection, mailboxId, writerId, folderId, values);
        });
  }

  @Override
  public FolderWatch watch(long folderId, Runnable wake) {
    return parts.live.watch(mailboxId, folderId, wake);
  }

  @Override
  public List<StoredMessage> messages(long folderId, UidSet uids) {
    return parts.index.messages(mailboxId, folderId, uids);
  }

  @Override
  public Map<Long, Integer> lineEnds(long folderId) {
    return parts.index.lineEnds(mailboxId, folderId);
  }

  @Override
  public FolderDelta since(long folderId, long modSeq) {
    return parts.index.since(mailboxId, folderId, modSeq);
  }

  @Override
  public Optional<UidSet> expunged(long folderId, long sinceModSeq, long toModSeq) {
    return parts.index.expunged(mailboxId, folderId, sinceModSeq, toModSeq);
  }

  @Override
  public Map<Long, Instant> saveDates(long folderId, UidSet uids) {
    return parts.saveDates.of(mailboxId, folderId, uids);
  }

  @Override
  public UidSet savedBetween(long folderId, Instant from, Instant to) {
    return parts.saveDates.between(mailboxId, folderId, from, to);
  }

  @Override
  public Set<String> keywords(long folderId) {
    return parts.index.keywords(mailboxId, folderId);
  }

  @Override
  public Map<Long, MessageSummary> summaries(Collection<Long> contentIds) {
    return parts.contents.summaries(contentIds);
  }

  @Override
  public Map<Long, byte[]> headers(Collection<Long> contentIds) {
    return parts.contents.headers(contentIds);
  }

  @Override
  public Map<Long, String> previews(Collection<Long> contentIds) {
    return parts.contents.previews(contentIds);
  }

  @Override
  public void keepPreviews(Map<Long, String> previews) {
    parts.contents.keepPreviews(previews);
  }

  @Override
  public Map<Long, BlobId> blobs(Collection<Long> contentIds) {
    return parts.contents.blobs(contentIds);
  }

  @Override
  public Blob content(long contentId) throws IOException {
    return parts.contents.open(contentId);
  }

  @Override
  public long append(long folderId, NewMessage message) {
    return parts.transactions.write(
        connection -> parts.appending.append(connection, mailboxId, folderId, message));
  }

  @Override
  public Appended append(String folder, List<NewMessage> messages) {
    return appendTo(
        folder, connection -> parts.appending.append(connection, mailboxId, folder, messages));
  }

  @Override
  public Appended appendAll(String folder, List<NewMessage> messages) {
    return appendTo(
        folder, connection -> parts.appending.appendAll(connection, mailboxId, folder, messages));
  }

  private Appended appendTo(String folder, Transactions.Work<Appended> work) {
    try {
      return parts.transactions.write(work);
    } catch (StoreProblem problem) {
      // A new mailbox gets its first folders when somebody looks
      if (problem.kind() == StoreProblem.Kind.NONEXISTENT && folder(folder).isPresent()) {
        return parts.transactions.write(work);
      }
      throw problem;
    }
  }

  @Override
  public Appended replace(long folderId, long uid, long targetFolderId, NewMessage message) {
    return parts.transactions.write(
        connection ->
            parts.replacing.replace(connection, mailboxId, folderId, uid, targetFolderId, message));
  }

  @Override
  public List<StoredMessage> store(
      long folderId, UidSet uids, FlagChange change, Set<String> flags) {
    return parts.transactions.write(
        connection -> parts.flagging.store(connection, mailboxId, folderId, uids, change, flags));
  }

  @Override
  public Copied copy(long folderId, UidSet uids, Target target) {
    return parts.transactions.write(
        connection -> parts.copying.copy(connection, mailboxId, folderId, uids, target, false));
  }

  @Override
  public Copied move(long folderId, UidSet uids, Target target) {
    return parts.transactions.write(
        connection -> parts.copying.copy(connection, mailboxId, folderId, uids, target, true));
  }

  @Override
  public List<Long> expunge(long folderId, UidSet uids) {
    return parts.transactions.write(
        connection ->
            parts.expunging.expunge(connection, mailboxId, folderId, uids, FlagBits.DELETED));
  }

  @Override
  public List<Long> remove(long folderId, UidSet uids) {
    return parts.transactions.write(
        connection -> parts.expunging.expunge(connection, mailboxId, folderId, uids, 0));
  }
}
