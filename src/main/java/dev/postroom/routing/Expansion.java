package dev.postroom.routing;

import dev.postroom.directory.DestinationState;
import dev.postroom.directory.Recipient;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows one recipient through forwarders, catch-alls and rewritten return addresses to where its
 * mail goes in the end. Each address on the way is looked at once; circles are cut.
 */
final class Expansion {
  /** How many forwarders may stand one behind the other. */
  static final int MAX_DEPTH = 10;

  /** How many addresses one recipient may lead to, however its forwarders are nested. */
  static final int MAX_ADDRESSES = 1000;

  private final Function<MailAddress, Recipient> directory;
  private final Predicate<DomainName> isLocal;
  private final Srs srs;
  private final Postmaster postmaster;
  private final Predicate<Recipient.Group> mayWriteTo;
  private final MailAddress recipient;
  private final Set<MailAddress> seen = new HashSet<>();
  private final List<Destination> destinations = new ArrayList<>();
  private final List<DeadEnd> deadEnds = new ArrayList<>();
  private @Nullable DestinationState notLive;

  Expansion(
      Function<MailAddress, Recipient> directory,
      Predicate<DomainName> isLocal,
      Srs srs,
      Postmaster postmaster,
      Predicate<Recipient.Group> mayWriteTo,
      MailAddress recipient) {
    this.directory = directory;
    this.isLocal = isLocal;
    this.srs = srs;
    this.postmaster = postmaster;
    this.mayWriteTo = mayWriteTo;
    this.recipient = recipient;
  }

  Expansion follow() {
    follow(recipient, null, DestinationState.CONFIRMED, 0);
    if (seen.size() > MAX_ADDRESSES) {
      destinations.clear();
      deadEnds.clear();
      deadEnd(DeadEnd.TOO_MANY, "it leads to more than " + MAX_ADDRESSES + " addresses");
    }
    if (destinations.isEmpty() && notLive != null) {
      deadEnds.addFirst(notLive(notLive));
    }
    if (destinations.isEmpty() && deadEnds.isEmpty()) {
      deadEnd(DeadEnd.LOOP, "it forwards in a circle");
    }
    return this;
  }

  List<Destination> destinations() {
    return destinations;
  }

  List<DeadEnd> deadEnds() {
    return deadEnds;
  }

  /**
   * @param via the forwarder that leads here, null for the recipient itself
   * @param state whether mail flows there should it be elsewhere
   */
  private void follow(
      MailAddress address, @Nullable MailAddress via, DestinationState state, int depth) {
    if (seen.size() > MAX_ADDRESSES
        || !seen.add(address.canonical())
        || seen.size() > MAX_ADDRESSES) {
      return;
    }
    if (depth > MAX_DEPTH) {
      deadEnd(DeadEnd.LOOP, "more than " + MAX_DEPTH + " forwarders in a row");
      return;
    }
    if (Srs.isRewritten(address) && isLocal.test(address.domain())) {
      srs.original(address)
          .ifPresentOrElse(
              author -> follow(author, address, DestinationState.CONFIRMED, depth + 1),
              () -> deadEnd(DeadEnd.NO_SUCH_MAILBOX, "this return address is not valid any more"));
      return;
    }
    take(directory.apply(address), via, state, depth);
  }

  private void take(
      Recipient meaning, @Nullable MailAddress via, DestinationState state, int depth) {
    switch (meaning) {
      case Recipient.Local mailbox ->
          destinations.add(
              new Destination.Deliver(
                  mailbox.mailboxId(), mailbox.address(), mailbox.folder().orElse(null)));
      case Recipient.Forwarded forwarder -> {
        if (forwarder.mailboxId() != null) {
          destinations.add(new Destination.Deliver(forwarder.mailboxId(), forwarder.address()));
        }
        for (var target : forwarder.targets()) {
          follow(target, forwarder.address(), depth + 1);
        }
      }
      case Recipient.Group group -> reach(group, depth);
      case Recipient.CatchAll(var address, var target) -> follow(target, address, depth + 1);
      case Recipient.Elsewhere(var address) -> {
        var reader = postmaster.readerOf(address);
        if (reader.isPresent()) {
          follow(reader.get(), address, DestinationState.CONFIRMED, depth + 1);
        } else if (state.isLive()) {
          destinations.add(new Destination.Relay(address, via));
        } else {
          notLive = state == DestinationState.WAITING || notLive == null ? state : notLive;
        }
      }
      case Recipient.Unknown _ -> deadEnd(DeadEnd.NO_SUCH_MAILBOX, "no such mailbox here");
      case Recipient.Suspended _ ->
          deadEnd(DeadEnd.NOT_TAKING_MAIL, "this mailbox takes no mail at present");
    }
  }

  private void follow(Recipient.Target target, MailAddress via, int depth) {
    follow(target.address(), via, target.state(), depth);
  }

  /** Straight into the mailboxes: only those with a forwarder of the same address are looked up. */
  private void reach(Recipient.Group group, int depth) {
    if (!mayWriteTo.test(group)) {
      // RFC 3463 §3.8: expansion prohibited
      deadEnd(
          DeadEnd.NOT_YOUR_GROUP,
          "this group takes mail from " + GroupAccess.words(group.senders()));
      return;
    }
    if (group.tooLarge()) {
      deadEnd(DeadEnd.TOO_MANY, "this group is larger than one message may reach");
      return;
    }
    var takers = group.members().stream().filter(Recipient.Member::takesMail).toList();
    if (takers.isEmpty()) {
      deadEnd(DeadEnd.NOT_TAKING_MAIL, "nobody in this group takes mail at present");
    }
    for (var member : takers) {
      if (member.forwards()) {
        follow(member.address(), group.address(), DestinationState.CONFIRMED, depth + 1);
      } else {
        destinations.add(new Destination.Deliver(member.mailboxId(), member.address()));
      }
    }
  }

  private DeadEnd notLive(DestinationState state) {
    return switch (state) {
      case WAITING ->
          new DeadEnd(
              recipient,
              DeadEnd.NOT_TAKING_MAIL_YET,
              "whoever gets this mail has not agreed to it yet; try again later");
      case UNASKED, EXPIRED, DECLINED ->
          new DeadEnd(
              recipient, DeadEnd.NOT_TAKING_MAIL, "whoever gets this mail has not agreed to it");
      case PAUSED ->
          new DeadEnd(
              recipient,
              DeadEnd.NOT_TAKING_MAIL,
              "forwarding is paused, as mail sent on was refused too often");
      case HERE, CONFIRMED -> throw new IllegalArgumentException(state + " is live");
    };
  }

  private void deadEnd(EnhancedStatus status, String why) {
    deadEnds.add(new DeadEnd(recipient, status, why));
  }
}
