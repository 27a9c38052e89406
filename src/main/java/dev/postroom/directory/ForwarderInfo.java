package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.time.Instant;
import java.util.List;

/**
 * A forwarder as its owner sees it.
 *
 * @param destinations where it leads, in order
 * @param keepCopy a mailbox of the same address gets the message too
 */
public record ForwarderInfo(
    long id,
    long domainId,
    long accountId,
    MailAddress address,
    List<DestinationInfo> destinations,
    boolean keepCopy,
    Instant createdAt) {
  public ForwarderInfo {
    destinations = List.copyOf(destinations);
  }

  public List<MailAddress> targets() {
    return destinations.stream().map(DestinationInfo::address).toList();
  }

  /** False when mail to it is refused because nobody behind it takes mail now. */
  public boolean isLive() {
    return keepCopy || destinations.stream().anyMatch(to -> to.state().isLive());
  }
}
