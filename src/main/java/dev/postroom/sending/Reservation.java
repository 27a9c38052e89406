package dev.postroom.sending;

import dev.postroom.directory.PlanLimits;
import dev.postroom.sending.Window.Amount;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The room that one message takes from the limits of its sender, from MAIL to its acceptance. What
 * is not {@link #taken} is free again when it is closed.
 */
public final class Reservation implements AutoCloseable {
  /** Without limits. */
  public static final Reservation FREE =
      new Reservation(List.of(), PlanLimits.UNLIMITED, Clock.systemUTC(), (_, _) -> {});

  private static final Amount MESSAGE = new Amount(1, 0);
  private static final Amount RECIPIENT = new Amount(0, 1);

  /** A window and what bounds it. */
  record Held(Bound bound, Window window) {}

  private final List<Held> held;
  private final long recipientsPerMessage;
  private final Clock clock;
  private final BiConsumer<Held, Instant> afterSending;
  private Amount amount = new Amount(0, 0);
  private boolean over;

  Reservation(
      List<Held> held,
      long recipientsPerMessage,
      Clock clock,
      BiConsumer<Held, Instant> afterSending) {
    this.held = held;
    this.recipientsPerMessage = recipientsPerMessage;
    this.clock = clock;
    this.afterSending = afterSending;
  }

  /** Whether the plan lets one message have as many. */
  public boolean allowsRecipients(int recipients) {
    return recipientsPerMessage == PlanLimits.UNLIMITED || recipients <= recipientsPerMessage;
  }

  Optional<Refusal> message() {
    return reserve(MESSAGE);
  }

  /** Sets the room for one more recipient aside, or says why there is none. */
  public Optional<Refusal> recipient() {
    return reserve(RECIPIENT);
  }

  private synchronized Optional<Refusal> reserve(Amount more) {
    var now = clock.instant();
    boolean isMessage = more.messages() > 0;
    for (int i = 0; i < held.size(); i++) {
      var limits = held.get(i).bound().limits();
      var window = held.get(i).window();
      var full =
          isMessage ? window.reserveMessage(limits, now) : window.reserveRecipient(limits, now);
      if (full.isPresent()) {
        held.subList(0, i).forEach(earlier -> earlier.window().release(more));
        return Optional.of(refusal(held.get(i), full.get(), now));
      }
    }
    amount = amount.plus(more);
    return Optional.empty();
  }

  private Refusal refusal(Held full, Counted counted, Instant now) {
    var words = full.bound().words();
    long limit = counted.limit(full.bound().limits());
    if (limit == 0) {
      return new Refusal(words + " may not send messages", null);
    }
    var allowed = words + " may send to " + limit + " " + counted.words();
    if (counted.isMessages()) {
      return new Refusal(allowed.replace(" send to ", " send "), again(full, counted, now));
    }
    return amount.recipients() >= limit
        ? new Refusal(allowed + ": this message has more, send it in parts", null)
        : new Refusal(allowed, again(full, counted, now));
  }

  private static @Nullable Instant again(Held full, Counted counted, Instant now) {
    return full.window().roomAgain(counted, counted.limit(full.bound().limits()), now);
  }

  /** The message is accepted: it counts. */
  public synchronized void taken() {
    if (over) {
      return;
    }
    over = true;
    var now = clock.instant();
    for (var each : held) {
      each.window().sent(amount, now);
      afterSending.accept(each, now);
    }
  }

  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      held.forEach(each -> each.window().release(amount));
    }
  }
}
