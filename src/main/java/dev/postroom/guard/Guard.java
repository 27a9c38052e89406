package dev.postroom.guard;

import dev.postroom.auth.LoginNoted;
import dev.postroom.guard.ClientRule.Kind;
import dev.postroom.net.Gate;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Judges clients by what they do, and says how to treat them. Any thread; answers from memory. */
@ApplicationScoped
public class Guard implements Gate {
  private static final Logger LOG = Logger.getLogger(Guard.class);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
  private static final int MOST_DOUBLINGS = 30;

  private final GuardConfig config;
  private final Rules rules;
  private final Scores scores;
  private final MeterRegistry meters;
  private final Clock clock;

  Guard(GuardConfig config, Rules rules, MeterRegistry meters, Clock clock) {
    this.config = config;
    this.rules = rules;
    this.scores = new Scores(config.halfLife(), config.clients(), clock);
    this.meters = meters;
    this.clock = clock;
    meters.gauge("postroom.guard.clients", scores, Scores::size);
  }

  @Override
  public Optional<Closed> ask(InetAddress client) {
    return rules
        .find(client)
        .filter(rule -> rule.kind() != Kind.ALLOW)
        .map(
            rule -> {
              meters.counter("postroom.guard.refused", "kind", label(rule.kind())).increment();
              return closed(rule, client);
            });
  }

  private static Closed closed(ClientRule rule, InetAddress client) {
    var address = client.getHostAddress();
    return rule.until() == null
        ? new Closed(true, "no service for " + address + "; ask the postmaster")
        : new Closed(
            false,
            "%s is blocked until %s because of %s"
                .formatted(address, MOMENT.format(rule.until()), rule.reason()));
  }

  private static String label(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** How a client is to be treated now. */
  public Standing standing(InetAddress client) {
    var rule = rules.find(client);
    if (rule.isPresent()) {
      return new Standing(Duration.ZERO, rule.get().kind() != Kind.ALLOW);
    }
    return standing(scores.of(Network.client(client)));
  }

  private Standing standing(double points) {
    return points >= config.slowAt() ? new Standing(config.delay(), false) : Standing.GOOD;
  }

  /** Notes that a client did something wrong, and says how to treat it from now on. */
  public Standing report(InetAddress client, Offence offence) {
    meters
        .counter("postroom.guard.offences", "kind", offence.name().toLowerCase(Locale.ROOT))
        .increment();
    if (!config.enabled()) {
      return Standing.GOOD;
    }
    if (rules.find(client).isPresent()) {
      return standing(client);
    }
    var network = Network.client(client);
    double points = scores.add(network, points(offence));
    if (points < config.banAt()) {
      return standing(points);
    }
    return ban(network, offence) ? new Standing(Duration.ZERO, true) : standing(points);
  }

  private int points(Offence offence) {
    var points = config.points();
    return switch (offence) {
      case FAILED_LOGIN -> points.failedLogin();
      case WRONG_RECIPIENT -> points.wrongRecipient();
      case PROTOCOL_ERROR -> points.protocolError();
      case EARLY_TALK -> points.earlyTalk();
    };
  }

  /** False when so many are banned that no more can be remembered. */
  private boolean ban(Network network, Offence offence) {
    var now = clock.instant();
    int times = rules.timesBanned(network);
    var ban =
        new ClientRule(
            0,
            network,
            Kind.BAN,
            "too many offences, last " + offence.words(),
            now,
            now.plus(length(times)),
            times + 1,
            "");
    if (!rules.ban(ban)) {
      return false;
    }
    scores.forget(network);
    meters.counter("postroom.guard.bans").increment();
    LOG.infof(
        "banned client=%s until=%s times=%d: %s", network, ban.until(), ban.times(), ban.reason());
    return true;
  }

  /** Twice as long as the last time. */
  Duration length(int timesBefore) {
    long first = config.firstBan().toMillis();
    long longest = config.longestBan().toMillis();
    long factor = 1L << Math.min(timesBefore, MOST_DOUBLINGS);
    return Duration.ofMillis(first > longest / factor ? longest : first * factor);
  }

  /** A client has been of use. */
  public void forgive(InetAddress client) {
    scores.forgive(Network.client(client), config.points().forgiven());
  }

  void heard(@Observes LoginNoted login) {
    switch (login.outcome()) {
      case WELCOME -> forgive(login.from());
      case WRONG -> report(login.from(), Offence.FAILED_LOGIN);
      case NOT_JUDGED -> {
        // too many guesses from elsewhere, or an account that is suspended: not this client's fault
      }
    }
  }
}
