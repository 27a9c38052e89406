package dev.postroom.directory;

import dev.postroom.directory.ConfirmationMails.Allowance;
import dev.postroom.directory.DirectoryChange.Subject;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Asks addresses elsewhere, once for each account, whether they want what its forwarders and
 * catch-alls send there, and takes their answers.
 */
@ApplicationScoped
public class Confirmations {
  private final Transactions transactions;
  private final ConfirmationMails mails;
  private final DestinationQueries queries;
  private final Changed changed;
  private final Event<ConfirmationWanted> wanted;
  private final DirectoryConfig.Destinations config;
  private final ConfirmationToken tokens;
  private final Clock clock;
  private final RandomGenerator random;

  Confirmations(
      Transactions transactions,
      ConfirmationMails mails,
      DestinationQueries queries,
      Changed changed,
      Event<ConfirmationWanted> wanted,
      DirectoryConfig config,
      ServerConfig server,
      Clock clock,
      RandomGenerator random) {
    this.transactions = transactions;
    this.mails = mails;
    this.queries = queries;
    this.changed = changed;
    this.wanted = wanted;
    this.config = config.destinations();
    this.tokens = new ConfirmationToken(server.secret());
    this.clock = clock;
    this.random = random;
  }

  /**
   * What targets that were just written call for: those elsewhere are asked when nobody asked them
   * before. Postroom answers for its own, an administrator who says so does likewise.
   *
   * @param source what leads there, for the mail
   */
  void need(
      Viewer viewer, Account account, Collection<String> targets, String source, boolean vouched) {
    if (vouched) {
      Rights.requireAtLeast(viewer, Role.ADMINISTRATOR);
    }
    boolean isVouched = vouched || viewer instanceof Viewer.Server || !config.confirmation();
    for (var address : elsewhere(targets)) {
      var known = Destination.of(account.id, address);
      if (isVouched && known.filter(kept -> kept.state == DestinationState.CONFIRMED).isEmpty()) {
        set(viewer, known.orElseGet(() -> added(account, address)), DestinationState.CONFIRMED);
      } else if (known.isEmpty() && mails.one(account.id, address) == Allowance.GRANTED) {
        send(viewer, account, address, source);
      }
    }
  }

  private List<MailAddress> elsewhere(Collection<String> targets) {
    var addresses = targets.stream().map(MailAddress::parse).toList();
    var here =
        queries.here(addresses.stream().map(MailAddress::domain).collect(Collectors.toSet()));
    return addresses.stream().filter(address -> !here.contains(address.domain())).toList();
  }

  /** Asks, once more where it was asked before; the link in an earlier mail is void then. */
  void ask(Viewer viewer, Account account, MailAddress address, String source) {
    switch (mails.one(account.id, address)) {
      case GRANTED -> send(viewer, account, address, source);
      case ADDRESS_HAS_ENOUGH ->
          throw Problems.limit(
              "'" + address + "' was asked often enough today. Try again tomorrow.");
      case ACCOUNT_HAS_ENOUGH ->
          throw Problems.limit("Enough addresses were asked today. Try again tomorrow.");
    }
  }

  private void send(Viewer viewer, Account account, MailAddress address, String source) {
    var destination = Destination.of(account.id, address).orElseGet(() -> added(account, address));
    var token = tokens.next(random);
    var expiresAt = now().plus(config.linkLifetime());
    destination.tokenHash = tokens.hash(token).orElseThrow();
    destination.tokenExpiresAt = expiresAt;
    set(viewer, destination, DestinationState.WAITING);
    wanted.fire(new ConfirmationWanted(address, source, token, expiresAt));
  }

  private Destination added(Account account, MailAddress address) {
    var destination = new Destination();
    destination.account = account;
    destination.address = address.canonical().toString();
    destination.become(DestinationState.WAITING, now());
    destination.persist();
    return destination;
  }

  /** What a link is about; empty when it is not ours, or a later mail made it void. */
  public Optional<Invitation> find(String token) {
    return transactions.call(() -> byToken(token).map(this::invitation));
  }

  /**
   * The answer of whoever has the link. When it is too old to agree with, it still serves to
   * decline.
   */
  public Optional<Invitation> answer(String token, boolean agreed) {
    return transactions.call(
        () -> {
          var asked = byToken(token);
          asked
              .filter(destination -> mayAnswer(destination, agreed))
              .ifPresent(
                  destination ->
                      set(
                          Viewer.SERVER,
                          destination,
                          agreed ? DestinationState.CONFIRMED : DestinationState.DECLINED));
          return asked.map(this::invitation);
        });
  }

  private boolean mayAnswer(Destination destination, boolean agreed) {
    var state = destination.state(clock.instant());
    return agreed
        ? state == DestinationState.WAITING
            || (state == DestinationState.DECLINED && isGood(destination))
        : state != DestinationState.DECLINED;
  }

  private boolean isGood(Destination destination) {
    var expiresAt = destination.tokenExpiresAt;
    return expiresAt != null && clock.instant().isBefore(expiresAt);
  }

  private Optional<Destination> byToken(String token) {
    return tokens
        .hash(token)
        .flatMap(hash -> Destination.<Destination>find("tokenHash", hash).firstResultOptional());
  }

  private Invitation invitation(Destination destination) {
    return new Invitation(
        destination.mailAddress(),
        destination.state(clock.instant()),
        isGood(destination),
        queries.sources(destination.account.id, destination.mailAddress()));
  }

  /** From now on it is in this state, and everybody knows. */
  void set(Viewer viewer, Destination destination, DestinationState state) {
    destination.become(state, now());
    changed.updated(
        viewer,
        Subject.DESTINATION,
        destination.id,
        destination.address,
        state.name().toLowerCase(Locale.ROOT));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
