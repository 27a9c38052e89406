package dev.postroom.routing;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who reads the mail to the postmaster of this server (RFC 5321 §4.5.1). */
@ApplicationScoped
public class Postmaster {
  private static final String NAME = "postmaster";

  private final MailAddress own;
  private final Set<DomainName> serverNames = new HashSet<>();
  private final Optional<MailAddress> reader;

  public Postmaster(ServerConfig server) {
    own = new MailAddress(NAME, DomainName.of(server.hostname()));
    serverNames.add(own.domain());
    server.otherNames().orElse(List.of()).forEach(name -> serverNames.add(DomainName.of(name)));
    reader = server.postmaster().map(MailAddress::parse);
  }

  /** What {@code <postmaster>} without a domain means. */
  public MailAddress own() {
    return own;
  }

  /** Whoever reads this server's own postmaster mail; its name need be no domain of ours. */
  Optional<MailAddress> readerOf(MailAddress address) {
    return address.localPart().equalsIgnoreCase(NAME) && serverNames.contains(address.domain())
        ? reader
        : Optional.empty();
  }
}
