package dev.postroom.routing;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who reads the mail to postmaster where nobody else does (RFC 5321 §4.5.1). */
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

  /** Whoever reads for an address that the directory does not know. */
  Optional<MailAddress> readerOf(MailAddress unknown) {
    return isPostmaster(unknown) ? reader : Optional.empty();
  }

  /** The server's own postmaster needs no domain of that name in the directory. */
  boolean isOfThisServer(MailAddress address) {
    return isPostmaster(address) && serverNames.contains(address.domain());
  }

  private static boolean isPostmaster(MailAddress address) {
    return address.localPart().equalsIgnoreCase(NAME);
  }
}
