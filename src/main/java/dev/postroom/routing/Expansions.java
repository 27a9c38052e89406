package dev.postroom.routing;

import dev.postroom.directory.Recipient;
import dev.postroom.directory.Recipients;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;

/** Where recipients lead, as the directory is now. */
@ApplicationScoped
class Expansions {
  private final Recipients directory;
  private final Srs srs;
  private final Postmaster postmaster;

  Expansions(Recipients directory, Srs srs, Postmaster postmaster) {
    this.directory = directory;
    this.srs = srs;
    this.postmaster = postmaster;
  }

  /** Whether it is an address for reports that {@link Srs} may have made here. */
  boolean isReturnAddress(MailAddress address) {
    return Srs.isRewritten(address) && directory.isLocal(address.domain());
  }

  Expansion of(MailAddress recipient, Predicate<Recipient.Group> mayWriteTo) {
    return new Expansion(
            directory::resolve, directory::isLocal, srs, postmaster, mayWriteTo, recipient)
        .follow();
  }
}
