package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.util.List;

/**
 * What a link that asks is about.
 *
 * @param isGood whether one may still agree with it
 * @param sources the forwarders' addresses, and domains for their catch-alls
 */
public record Invitation(
    MailAddress destination, DestinationState state, boolean isGood, List<String> sources) {
  public Invitation {
    sources = List.copyOf(sources);
  }
}
