package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.time.Instant;
import java.util.List;

/**
 * A forwarder as its owner sees it.
 *
 * @param keepCopy a mailbox of the same address gets the message too
 */
public record ForwarderInfo(
    long id,
    long domainId,
    long accountId,
    MailAddress address,
    List<MailAddress> targets,
    boolean keepCopy,
    Instant createdAt) {
  public ForwarderInfo {
    targets = List.copyOf(targets);
  }
}
