package dev.postroom.queue;

import dev.postroom.outbound.Attempt;
import dev.postroom.outbound.Delivery;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an attempt says of the destination itself, beside what became of the message. */
sealed interface Reaction {
  /** It took something. */
  record Took() implements Reaction {}

  /** It was spoken to, and did not want this message. */
  record Declined() implements Reaction {}

  /** It has too much of us at the moment. */
  record Strained(Attempt.Deferred outcome) implements Reaction {}

  /** None of its hosts could be spoken to. */
  record Unreachable(Attempt.Deferred outcome) implements Reaction {}

  Reaction TOOK = new Took();
  Reaction DECLINED = new Declined();

  static Reaction to(Delivery delivery) {
    var strain = delivery.attempts().stream().flatMap(a -> Strain.in(a).stream()).findFirst();
    if (delivery.unreachable() && delivery.attempts().getFirst() instanceof Attempt.Deferred why) {
      return strain.filter(Strain::saysSo).isPresent() ? new Strained(why) : new Unreachable(why);
    }
    if (strain.isPresent()) {
      return new Strained(strain.get());
    }
    return delivery.attempts().stream().anyMatch(Attempt.Delivered.class::isInstance)
        ? TOOK
        : DECLINED;
  }

  /** Reads in the words of a server that it is not the message it objects to. */
  final class Strain {
    /** RFC 5321 §3.8: a server that answers 421 cannot serve the connection now. */
    private static final Pattern CLOSING = Pattern.compile("(^|with )421\\b");

    private static final Pattern WORDS =
        Pattern.compile(
            "too (many|much|fast|frequent)|rate.?limit|throttl|slow(ing)? down"
                + "|(connections?|concurrency|messages?) (limit|rate)"
                + "|exceed\\w*.{0,40}\\b(rate|limit)",
            Pattern.CASE_INSENSITIVE);

    /**
     * RFC 3463 §3.6: too many recipients at once; §3.3: the mailbox, not the server, has enough.
     */
    private static final Pattern OF_ONE_MESSAGE =
        Pattern.compile(
            "too many (recipients|hops|errors|invalid)|\\b4\\.5\\.3\\b|\\b4\\.2\\.\\d\\b|quota",
            Pattern.CASE_INSENSITIVE);

    private Strain() {}

    static Optional<Attempt.Deferred> in(Attempt attempt) {
      return attempt instanceof Attempt.Deferred deferred
              && (CLOSING.matcher(deferred.diagnostic()).find() || saysSo(deferred))
          ? Optional.of(deferred)
          : Optional.empty();
    }

    static boolean saysSo(Attempt.Deferred deferred) {
      var words = deferred.diagnostic();
      return WORDS.matcher(words).find() && !OF_ONE_MESSAGE.matcher(words).find();
    }
  }
}
