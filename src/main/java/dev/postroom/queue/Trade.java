package dev.postroom.queue;

import dev.postroom.outbound.Attempt;
import java.util.List;

/** What {@link Lanes} have done. All of it may take long. */
interface Trade {
  /**
   * What was claimed.
   *
   * @param parcels what remains of it: a standing order may have kept some or all
   * @param any false when nothing could be taken, though something may be due
   * @param more whether something else may be due
   */
  record Claimed(List<Parcel> parcels, boolean any, boolean more) {
    static final Claimed NOTHING = new Claimed(List.of(), false, false);
  }

  /** The servers of a destination, and how they are treated. */
  record Route(String site, Terms terms) {}

  /** Which servers the destination leads to. */
  Route route(String destination);

  /** Claims what is due for the destination; nothing when it cannot look. */
  Claimed claim(String destination, Serving serving);

  Reaction carry(Parcel parcel);

  /** Has all of these tried later. */
  void postpone(List<Parcel> parcels, Attempt.Deferred outcome);
}
