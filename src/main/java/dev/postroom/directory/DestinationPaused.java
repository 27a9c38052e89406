package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import java.util.List;

/**
 * A destination refused so many messages that it is paused, and its owner has to know: a CDI event
 * inside the transaction that pauses it.
 *
 * @param domains whose forwarders or catch-all lead there
 */
public record DestinationPaused(
    MailAddress destination, List<DomainName> domains, int refusals, String lastRefusal) {
  public DestinationPaused {
    domains = List.copyOf(domains);
  }
}
