package dev.postroom.queue;

import dev.postroom.outbound.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lane for each destination that has something due. It fetches its own next entries, so that a
 * destination with a hundred thousand of them holds up nobody else, and is gone when there are
 * none. Lanes that lead to the same servers share a {@link Site}, which says how much may be on its
 * way to them.
 *
 * <p>Three things are scarce: messages on their way in all, those to one site, and lanes. Customers
 * have their {@link Shares} of each.
 *
 * <p>Threads: a virtual one for each message on its way and for each look in the table. The lock
 * guards lanes, sites and backlogs; it is not held while working or looking.
 */
final class Lanes {
  private static final int LANES_PER_WORKER = 2;
  private static final int MOST_UNOPENED = 20_000;

  /** Entries that a lane may have when all of them together have as many as there may be. */
  private static final int WHEN_FULL = 10;

  /**
   * What there may be.
   *
   * @param workers messages on their way
   * @param batch entries that a lane has waiting
   * @param claimed entries that wait in all lanes
   */
  record Limits(int workers, int batch, int claimed) {}

  private final Trade trade;
  private final Limits limits;
  private final Clock clock;
  private final Runnable onIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final Jobs jobs = new Jobs();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<String, Site> sites = new HashMap<>();
  private final Unopened unopened = new Unopened(MOST_UNOPENED);
  private final Shares opened = new Shares();
  private final Shares busy = new Shares();

  /** Lanes that wait until fewer messages are on their way in all. */
  private final SequencedSet<Lane> blocked = new LinkedHashSet<>();

  /** Sites with lanes that wait for a pause to end. */
  private final Set<Site> paused = new HashSet<>();

  /** Entries in all backlogs, and those that may come from looks that go on. */
  private int waiting;

  private int expected;
  private boolean stopping;

  /**
   * @param onIdle called when the table has to be searched for more
   */
  Lanes(Trade trade, Limits limits, Clock clock, Runnable onIdle) {
    this.trade = trade;
    this.limits = limits;
    this.clock = clock;
    this.onIdle = onIdle;
  }

  /** The table may have something new. */
  void announce(Turn turn) {
    locked(() -> announced(turn));
  }

  private void announced(Turn turn) {
    var lane = lanes.get(turn.destination());
    if (lane != null) {
      lane.mayHaveMore = true;
      lane.mayHaveUrgent |= !lane.backlog.has(turn.account(), turn.urgency());
      settle(lane);
    } else if (mayOpenFor(turn.account())) {
      open(turn);
    } else {
      unopened.add(turn);
    }
  }

  private boolean mayOpenFor(long account) {
    return !stopping && opened.mayTake(account, limits.workers() * LANES_PER_WORKER);
  }

  private void open(Turn turn) {
    opened.take(turn.account());
    var lane = new Lane(turn.destination(), turn.account());
    lanes.put(lane.destination, lane);
    settle(lane);
  }

  /** Does for the lane what can be done now. */
  private void settle(Lane lane) {
    if (stopping) {
      return;
    }
    begin(lane);
    if (wantsMore(lane)) {
      fetch(lane);
    }
    if (lane.isDone()) {
      end(lane);
    }
  }

  private boolean wantsMore(Lane lane) {
    if (lane.fetching || lane.postponing || !lane.mayHaveMore) {
      return false;
    }
    if (lane.site == null || lane.mayHaveUrgent || lane.backlog.isEmpty()) {
      return true;
    }
    return !isFull() && lane.backlog.entries() < lane.site.pace.width();
  }

  private void fetch(Lane lane) {
    lane.fetching = true;
    lane.mayHaveMore = false;
    lane.mayHaveUrgent = false;
    var serving = new Serving(lane.backlog.waiting(), room(lane), lane.served);
    expected += serving.room();
    work(lane, () -> fetch(lane, serving));
  }

  private boolean isFull() {
    return waiting + expected >= limits.claimed();
  }

  private int room(Lane lane) {
    if (isFull()) {
      return WHEN_FULL;
    }
    return lane.site == null ? limits.batch() : Math.max(limits.batch(), lane.site.pace.width());
  }

  private void fetch(Lane lane, Serving serving) {
    var claimed = Trade.Claimed.NOTHING;
    try {
      if (lane.site == null) {
        var route = trade.route(lane.destination);
        locked(() -> lead(lane, route));
      }
      claimed = trade.claim(lane.destination, serving);
    } finally {
      var found = claimed;
      locked(
          () -> {
            expected -= serving.room();
            fetched(lane, found);
          });
    }
  }

  private void lead(Lane lane, Trade.Route route) {
    var site = sites.computeIfAbsent(route.site(), name -> new Site(name, route.terms()));
    site.lanes++;
    lane.site = site;
  }

  private void fetched(Lane lane, Trade.Claimed claimed) {
    lane.fetching = false;
    boolean announced = lane.mayHaveMore; // while the table was asked
    boolean inVain = claimed.more() && !claimed.any();
    boolean goesOn = lane.running > 0 || !lane.backlog.isEmpty();
    lane.mayHaveMore |= claimed.more() && (goesOn || !inVain);
    var parcels = claimed.parcels();
    if (!parcels.isEmpty()) {
      lane.served = parcels.getLast().first().account();
      lane.backlog.add(parcels);
      parcels.forEach(parcel -> waiting += parcel.entries().size());
    }
    if (announced || !inVain) {
      settle(lane);
    } else if (!stopping && lane.isDone()) {
      // asked again at once, the table would answer the same: the next look finds what is due
      end(lane);
    }
  }

  /** Begins what may begin. */
  private void begin(Lane lane) {
    var site = lane.site;
    while (site != null && !lane.backlog.isEmpty()) {
      var now = clock.instant();
      var down = site.pace.down(now);
      if (down.isPresent()) {
        postpone(lane, down.get());
        return;
      }
      var parcel = next(lane, site, now);
      if (parcel == null) {
        return;
      }
      waiting -= parcel.entries().size();
      carry(lane, site, parcel, now);
    }
  }

  private @Nullable Parcel next(Lane lane, Site site, Instant now) {
    if (site.isPaused(now)) {
      site.blocked.add(lane);
      paused.add(site);
      return null;
    }
    boolean[] refused = new boolean[2];
    var parcel =
        lane.backlog.poll(
            account -> {
              boolean here = site.shares.mayTake(account, site.pace.width());
              boolean anywhere = busy.mayTake(account, limits.workers());
              refused[0] |= !here;
              refused[1] |= !anywhere;
              return here && anywhere;
            });
    if (parcel == null && refused[0]) {
      site.blocked.add(lane);
    }
    if (parcel == null && refused[1]) {
      blocked.add(lane);
    }
    return parcel;
  }

  private void postpone(Lane lane, Attempt.Deferred outcome) {
    if (lane.postponing) {
      return;
    }
    var all = lane.backlog.drain();
    all.forEach(parcel -> waiting -= parcel.entries().size());
    lane.running++;
    lane.postponing = true;
    work(
        lane,
        () -> {
          try {
            trade.postpone(all, outcome);
          } finally {
            locked(
                () -> {
                  lane.running--;
                  lane.postponing = false;
                  settle(lane);
                });
          }
        });
  }

  private void carry(Lane lane, Site site, Parcel parcel, Instant now) {
    long account = parcel.first().account();
    lane.running++;
    site.shares.take(account);
    busy.take(account);
    site.pace.begun(now);
    work(
        lane,
        () -> {
          var reaction = Reaction.DECLINED;
          try {
            reaction = trade.carry(parcel);
          } finally {
            var heard = reaction;
            locked(() -> carried(lane, site, account, heard));
          }
        });
  }

  private void carried(Lane lane, Site site, long account, Reaction reaction) {
    lane.running--;
    site.shares.giveBack(account);
    busy.giveBack(account);
    site.lastUsed = clock.instant();
    site.pace.heard(reaction, site.lastUsed);
    settle(lane);
    resume(site);
    for (int i = blocked.size(); i > 0 && busy.taken() < limits.workers(); i--) {
      settle(blocked.removeFirst());
    }
  }

  private void resume(Site site) {
    for (int i = site.blocked.size(); i > 0 && site.hasRoom(); i--) {
      settle(site.blocked.removeFirst());
    }
  }

  private void end(Lane lane) {
    lanes.remove(lane.destination);
    opened.giveBack(lane.account);
    blocked.remove(lane);
    if (lane.site != null) {
      lane.site.blocked.remove(lane);
      lane.site.lanes--;
      forget(lane.site);
    }
    openNext();
  }

  private void openNext() {
    for (var turn = unopened.poll(this::mayOpenFor);
        turn != null;
        turn = unopened.poll(this::mayOpenFor)) {
      announced(turn);
    }
    if (unopened.hasForgotten()) {
      onIdle.run();
    }
  }

  private void forget(Site site) {
    if (site.canBeForgotten(clock.instant())) {
      sites.remove(site.name);
    }
  }

  /** Resumes those whose pause has ended. */
  void wake() {
    locked(
        () -> {
          var now = clock.instant();
          var ended = paused.stream().filter(site -> !site.isPaused(now)).toList();
          paused.removeAll(ended);
          ended.forEach(this::resume);
        });
  }

  /** Ends all pauses and rests: somebody wants to know at once. */
  void rouse() {
    locked(
        () -> {
          sites.values().forEach(site -> site.pace.rouse());
          paused.clear();
          List.copyOf(sites.values()).forEach(this::resume);
        });
  }

  /** Whether {@link #wake} will have something to do soon. */
  boolean hasPaused() {
    lock.lock();
    try {
      return !paused.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was learned of sites long ago. */
  void forgetOld() {
    locked(() -> List.copyOf(sites.values()).forEach(this::forget));
  }

  private void work(Lane lane, Runnable job) {
    jobs.start("queue-" + lane.destination, job);
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Begins nothing any more, and gives what was claimed and not begun. */
  List<Parcel> stop() {
    lock.lock();
    try {
      stopping = true;
      var unbegun = new ArrayList<Parcel>();
      lanes.values().forEach(lane -> unbegun.addAll(lane.backlog.drain()));
      return unbegun;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return false when some are still at work after that time
   */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return jobs.awaitEnd(patience);
  }
}
