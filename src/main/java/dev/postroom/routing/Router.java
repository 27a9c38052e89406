package dev.postroom.routing;

import dev.postroom.directory.Recipient;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.store.MailStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says of a recipient, when it is named, whether its mail can be taken, and where it goes. */
@ApplicationScoped
public class Router {
  private final Expansions expansions;
  private final MailStore store;
  private final Postmaster postmaster;
  private final ReportDesk desk;

  public Router(Expansions expansions, MailStore store, Postmaster postmaster, ReportDesk desk) {
    this.desk = desk;
    this.expansions = expansions;
    this.store = store;
    this.postmaster = postmaster;
  }

  /**
   * @param from whoever collected the return address of a forwarded message could send anything to
   *     its author through us: only reports find the way back
   * @param sender who has logged in, null for a stranger: recipients elsewhere are taken, too
   * @param size octets that the client announced, 0 when it did not
   */
  public Verdict verdict(
      MailAddress recipient, ReversePath from, @Nullable Sender sender, long size) {
    return verdict(recipient, from, sender != null, GroupAccess.of(sender), size);
  }

  /** Once more for a message of a user here that was held: what its sender may was asked then. */
  Verdict released(MailAddress recipient, ReversePath from, long size) {
    return verdict(recipient, from, true, GroupAccess.ALL, size);
  }

  private Verdict verdict(
      MailAddress recipient,
      ReversePath from,
      boolean mayRelay,
      Predicate<Recipient.Group> mayWriteTo,
      long size) {
    if (!from.isNull() && expansions.isReturnAddress(recipient)) {
      return new Verdict.Refused(
          new DeadEnd(recipient, DeadEnd.NO_SUCH_MAILBOX, "this address is for reports, from <>"));
    }
    if (desk.takes(recipient)) {
      return new Verdict.Taken(recipient, List.of(), List.of());
    }
    var found = expansions.of(recipient, mayWriteTo);
    if (!mayRelay && found.destinations().stream().anyMatch(Router::isForStrangers)) {
      return new Verdict.RelayDenied(recipient);
    }
    if (found.destinations().isEmpty()) {
      return new Verdict.Refused(found.deadEnds().getFirst());
    }
    if (found.destinations().stream().noneMatch(destination -> hasRoom(destination, size))) {
      return new Verdict.Full(recipient);
    }
    return new Verdict.Taken(recipient, found.destinations(), found.deadEnds());
  }

  /** The same for {@code <postmaster>} without a domain. */
  public Verdict postmaster(long size) {
    var own = postmaster.own();
    return switch (verdict(own, ReversePath.NULL, null, size)) {
      case Verdict.RelayDenied _ ->
          new Verdict.Refused(
              new DeadEnd(own, DeadEnd.NO_SUCH_MAILBOX, "no postmaster is set up here"));
      case Verdict known -> known;
    };
  }

  /** No forwarder of ours leads there: the client itself names a domain that is not ours. */
  private static boolean isForStrangers(Destination destination) {
    return destination instanceof Destination.Relay(_, var via) && via == null;
  }

  private boolean hasRoom(Destination destination, long size) {
    return switch (destination) {
      case Destination.Deliver(var mailboxId, _, _) -> store.hasRoom(mailboxId, size);
      case Destination.Relay _ -> true;
    };
  }
}
