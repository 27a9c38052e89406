package dev.postroom.queue;

import dev.postroom.directory.Viewer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is done with mail that arrives later, too.
 *
 * @param accountId whose mail; null for everybody's
 * @param destination to which domain; empty for any
 * @param route {@code host:port} of a reroute, else empty; empty for one of somebody above
 * @param placedBy login; empty for somebody above the viewer
 * @param rank of who placed it
 */
public record StandingOrder(
    long id,
    Kind kind,
    @Nullable Long accountId,
    String destination,
    String route,
    String reason,
    Instant placedAt,
    String placedBy,
    int rank) {
  /** What is done. */
  public enum Kind {
    HOLD,
    REROUTE
  }

  public boolean isAbove(Viewer viewer) {
    return rank > Rank.of(viewer);
  }

  /** Names and hosts of those above stay their own. */
  StandingOrder seenBy(Viewer viewer) {
    return isAbove(viewer)
        ? new StandingOrder(id, kind, accountId, destination, "", reason, placedAt, "", rank)
        : this;
  }
}
