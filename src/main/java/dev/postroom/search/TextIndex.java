package dev.postroom.search;

import dev.postroom.search.Segment.Extent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers whether messages have a text in them; see the package's description. */
@ApplicationScoped
public class TextIndex {
  private static final Logger LOG = Logger.getLogger(TextIndex.class);

  private final Segments segments;
  private final Indexer indexer;
  private final SearchConfig config;
  private final SearchMeters meters;

  TextIndex(Segments segments, Indexer indexer, SearchConfig config, SearchMeters meters) {
    this.segments = segments;
    this.indexer = indexer;
    this.config = config;
    this.meters = meters;
  }

  /** What is known of a text in a folder; reads nothing yet. */
  public Findings find(Folder folder, String text) {
    return new Findings(this, folder, text);
  }

  List<Extent> extents(Folder folder) {
    try {
      return segments.extents(folder.id());
    } catch (SearchFailure failed) {
      LOG.warn("the search index cannot be read", failed);
      return List.of();
    }
  }

  Answer answer(Folder folder, Extent extent, Needle needle) {
    try {
      var octets = segments.terms(folder.id(), extent);
      return octets.isEmpty()
          ? Answer.nothing(extent)
          : Answer.of(
              extent, SegmentTerms.open(octets.get()), needle, () -> postings(folder, extent));
    } catch (DamagedException damage) {
      drop(folder, extent, damage);
    } catch (SearchFailure failed) {
      LOG.warn("the search index cannot be read", failed);
    }
    return Answer.nothing(extent);
  }

  private @Nullable SegmentPostings postings(Folder folder, Extent extent) throws DamagedException {
    var octets = segments.postings(folder.id(), extent);
    return octets.isEmpty() ? null : SegmentPostings.open(octets.get());
  }

  /** What is damaged or of another version is made anew; meanwhile the messages are looked at. */
  private void drop(Folder folder, Extent extent, DamagedException damage) {
    LOG.warnf(
        "search index of folder %d, UIDs %d to %d: %s; it is made anew",
        folder.id(), extent.firstUid(), extent.lastUid(), damage.getMessage());
    meters.damaged();
    try {
      segments.remove(folder.id(), extent);
      indexer.wanted(folder);
    } catch (SearchFailure failed) {
      LOG.warn("a damaged part of the search index cannot be removed", failed);
    }
  }

  /** A search asked for that many messages so far that are not in the index. */
  void missed(Folder folder, int messages) {
    if (messages == config.lag()) {
      indexer.wanted(folder);
    }
  }
}
