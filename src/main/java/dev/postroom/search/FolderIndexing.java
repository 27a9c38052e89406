package dev.postroom.search;

import dev.postroom.blob.Blobs;
import dev.postroom.search.Segment.Extent;
import dev.postroom.store.MailStore;
import dev.postroom.store.StoreProblem;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Indexes what a folder's index lacks.
 *
 * <p>New messages make a segment of their own, into which the segments before it are taken as long
 * as they are not much larger: so a message is rewritten a few times only, and a folder has few
 * segments. Messages that are gone are left out then.
 */
@ApplicationScoped
class FolderIndexing {
  private static final Logger LOG = Logger.getLogger(FolderIndexing.class);

  /** Messages that are read from the database at a time. */
  private static final int BATCH = 128;

  private final Segments segments;
  private final MailStore store;
  private final Blobs blobs;
  private final SearchConfig config;
  private final SearchMeters meters;

  FolderIndexing(
      Segments segments, MailStore store, Blobs blobs, SearchConfig config, SearchMeters meters) {
    this.segments = segments;
    this.store = store;
    this.blobs = blobs;
    this.config = config;
    this.meters = meters;
  }

  void index(Folder folder) {
    try {
      var status = store.open(folder.mailboxId()).status(List.of(folder.id())).get(folder.id());
      if (status != null) {
        long known = segments.extents(folder.id()).stream().mapToLong(Extent::messages).sum();
        if (known > 2 * status.messages() + config.lag()) {
          dropDead(folder);
        }
        fillGaps(folder, status.uidNext());
      }
    } catch (StoreProblem gone) {
      LOG.debugf("folder %d is gone", folder.id());
    }
  }

  /** A segment of which most messages are gone goes; what is left of it is indexed again. */
  private void dropDead(Folder folder) {
    for (var extent : segments.extents(folder.id())) {
      var left = messages(folder, extent.firstUid(), extent.lastUid());
      if (2 * left.size() < extent.messages()) {
        segments.remove(folder.id(), extent);
      }
    }
  }

  private List<StoredMessage> messages(Folder folder, long firstUid, long lastUid) {
    return store
        .open(folder.mailboxId())
        .messages(folder.id(), new UidSet(List.of(new UidSet.Range(firstUid, lastUid))));
  }

  private void fillGaps(Folder folder, long uidNext) {
    long next = 1;
    for (var extent : segments.extents(folder.id())) {
      fill(folder, next, extent.firstUid(), 1);
      next = Math.max(next, extent.lastUid() + 1);
    }
    fill(folder, next, uidNext, config.lag());
  }

  /**
   * @param least fewer messages than that are left for later
   */
  private void fill(Folder folder, long firstUid, long afterLastUid, int least) {
    long covered = firstUid;
    var messages = new ArrayDeque<StoredMessage>();
    for (long next = firstUid; next < afterLastUid; next += SegmentBuilder.MAX_MESSAGES) {
      long last = Math.min(next + SegmentBuilder.MAX_MESSAGES, afterLastUid) - 1;
      messages.addAll(messages(folder, next, last));
      while (messages.size() >= SegmentBuilder.MAX_MESSAGES) {
        covered = addSegment(folder, covered, messages);
      }
    }
    while (messages.size() >= least) {
      covered = addSegment(folder, covered, messages);
    }
  }

  /**
   * Indexes the first of some messages, as many as a segment takes, and takes them away.
   *
   * @param firstUid from where on the segment covers the folder
   * @return where it ends
   */
  private long addSegment(Folder folder, long firstUid, Deque<StoredMessage> messages) {
    var builder = new SegmentBuilder();
    var mailbox = store.open(folder.mailboxId());
    long lastUid = firstUid;
    while (!messages.isEmpty() && !builder.isFull()) {
      long start = System.nanoTime();
      var batch = messages.stream().limit(BATCH).toList();
      int taken = MessageTerms.read(blobs, mailbox, batch, builder);
      for (int i = 0; i < taken; i++) {
        lastUid = messages.remove().uid();
      }
      rest(meters.indexed(taken, start));
    }
    segments.put(folder.id(), withThoseBefore(folder, builder.build(firstUid, lastUid)));
    return lastUid + 1;
  }

  private void rest(long worked) {
    int share = Math.clamp(config.share(), 1, 100);
    LockSupport.parkNanos(worked * (100 - share) / share);
  }

  private Segment withThoseBefore(Folder folder, Segment fresh) {
    var segment = fresh;
    for (var before : segments.extents(folder.id()).reversed()) {
      var extent = segment.extent();
      if (before.firstUid() >= extent.firstUid()) {
        continue;
      }
      if (before.lastUid() + 1 != extent.firstUid()
          || before.messages() >= 2 * extent.messages()
          || before.messages() + extent.messages() > SegmentBuilder.MAX_MESSAGES) {
        break;
      }
      var joined = joined(folder, before, segment);
      if (joined == null) {
        break;
      }
      segment = joined;
    }
    return segment;
  }

  /** Null when they cannot become one. */
  private @Nullable Segment joined(Folder folder, Extent before, Segment segment) {
    var terms = segments.terms(folder.id(), before);
    var postings = segments.postings(folder.id(), before);
    if (terms.isEmpty()
        || postings.isEmpty()
        || terms.get().length + segment.terms().length > SegmentBuilder.MAX_TERM_OCTETS) {
      return null;
    }
    try {
      var there = new HashSet<Long>();
      messages(folder, before.firstUid(), before.lastUid())
          .forEach(message -> there.add(message.uid()));
      var builder = new SegmentBuilder();
      builder.addAll(terms.get(), postings.get(), there::contains);
      builder.addAll(segment.terms(), segment.postings(), _ -> true);
      return builder.build(before.firstUid(), segment.extent().lastUid());
    } catch (DamagedException damage) {
      LOG.warnf("search index of folder %d: %s", folder.id(), damage.getMessage());
      segments.remove(folder.id(), before);
      return null;
    }
  }
}
