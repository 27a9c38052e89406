package dev.postroom.outbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections to other servers, kept for a moment after a message because the next one often goes
 * to the same host.
 *
 * <p>Threads: any. The lock guards the map of places and is never held while talking to a server.
 */
@ApplicationScoped
class Connections {
  private static final Duration SWEEP = Duration.ofMillis(500);

  /** How long a shutdown waits for servers to answer QUIT. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** One host at one address. It is remembered while somebody uses it or a connection waits. */
  private static final class Place {
    final Semaphore permits;
    final Deque<Idle> idle = new ArrayDeque<>();
    int users;

    Place(int permits) {
      this.permits = new Semaphore(permits, true);
    }
  }

  private record Idle(SmtpConnection connection, long sinceNanos) {}

  private final Opener opener;
  private final OutboundConfig config;
  private final MeterRegistry meters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RemoteHost, Place> places = new HashMap<>();
  private boolean sweeping;

  Connections(Opener opener, OutboundConfig config, MeterRegistry meters) {
    this.opener = opener;
    this.config = config;
    this.meters = meters;
  }

  /**
   * A connection that is ready for a transaction; waits while too many to that host are in use. It
   * must be given back.
   *
   * @param fresh not one that served before
   */
  SmtpConnection borrow(RemoteHost host, boolean fresh) throws IOException {
    var place = enter(host);
    boolean permitted = false;
    boolean borrowed = false;
    try {
      permitted = permitted(place, host);
      var connection = fresh ? null : idle(place);
      meters
          .counter("postroom.outbound.connections", "kind", connection == null ? "new" : "reused")
          .increment();
      connection = connection == null ? opener.open(host) : connection;
      borrowed = true;
      return connection;
    } finally {
      if (!borrowed) {
        leave(host, place, permitted);
      }
    }
  }

  private boolean permitted(Place place, RemoteHost host) throws IOException {
    try {
      long patience = config.timeouts().greeting().toMillis();
      if (place.permits.tryAcquire(patience, TimeUnit.MILLISECONDS)) {
        return true;
      }
      throw new IOException("all connections to " + host + " were busy for too long");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("this server is shutting down", stopping);
    }
  }

  /** Takes back what was borrowed, for the next one or to end it. */
  void giveBack(SmtpConnection connection) {
    lock.lock();
    try {
      var place = places.get(connection.host());
      if (place == null) {
        throw new IllegalStateException("not borrowed: " + connection.host());
      }
      if (connection.isBroken() || connection.transactions() >= messages(connection.extensions())) {
        Thread.startVirtualThread(connection::quit);
      } else {
        place.idle.addLast(new Idle(connection, System.nanoTime()));
        sweepLater();
      }
      leave(connection.host(), place, true);
    } finally {
      lock.unlock();
    }
  }

  /** RFC 9422 §4.1: as many as the server says, where it says less than usual. */
  private int messages(Extensions offered) {
    return Math.min(config.messagesPerConnection(), offered.limit("MAILMAX"));
  }

  private Place enter(RemoteHost host) {
    lock.lock();
    try {
      var place = places.computeIfAbsent(host, _ -> new Place(config.connectionsPerHost()));
      place.users++;
      return place;
    } finally {
      lock.unlock();
    }
  }

  private void leave(RemoteHost host, Place place, boolean permitted) {
    lock.lock();
    try {
      if (permitted) {
        place.permits.release();
      }
      place.users--;
      forgetUnused(host, place);
    } finally {
      lock.unlock();
    }
  }

  private void forgetUnused(RemoteHost host, Place place) {
    if (place.users == 0 && place.idle.isEmpty()) {
      places.remove(host);
    }
  }

  /** The one used last is the one least likely to be closed by the other side. */
  private @Nullable SmtpConnection idle(Place place) {
    lock.lock();
    try {
      var newest = place.idle.pollLast();
      return newest == null ? null : newest.connection();
    } finally {
      lock.unlock();
    }
  }

  /** One virtual thread ends what waited too long; it goes when nothing waits. */
  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      Thread.ofVirtual().name("outbound-idle").start(this::sweepUntilNothingWaits);
    }
  }

  private void sweepUntilNothingWaits() {
    while (true) {
      try {
        Thread.sleep(SWEEP);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      takeIdle(config.idleTime()).forEach(idle -> Thread.startVirtualThread(idle::quit));
      lock.lock();
      try {
        if (places.values().stream().allMatch(place -> place.idle.isEmpty())) {
          sweeping = false;
          return;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private List<SmtpConnection> takeIdle(Duration atLeast) {
    var taken = new ArrayList<SmtpConnection>();
    long before = System.nanoTime() - atLeast.toNanos();
    lock.lock();
    try {
      for (var entry : List.copyOf(places.entrySet())) {
        var idle = entry.getValue().idle;
        while (!idle.isEmpty() && idle.getFirst().sinceNanos() - before <= 0) {
          taken.add(idle.removeFirst().connection());
        }
        forgetUnused(entry.getKey(), entry.getValue());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  void close(@Observes ShutdownEvent shutdown) throws InterruptedException {
    var leaving =
        takeIdle(Duration.ZERO).stream()
            .map(idle -> Thread.startVirtualThread(idle::quit))
            .toList();
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    for (var thread : leaving) {
      thread.join(Duration.ofNanos(deadline - System.nanoTime()));
    }
  }
}
