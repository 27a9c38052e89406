package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forwarders: one address, many targets, here or elsewhere. */
@ApplicationScoped
public class Forwarders {
  public Listing<ForwarderInfo> list(Viewer viewer, @Nullable Long domainId, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public ForwarderInfo find(Viewer viewer, long forwarderId) {
    throw new UnsupportedOperationException();
  }

  public ForwarderInfo findByAddress(Viewer viewer, MailAddress address) {
    throw new UnsupportedOperationException();
  }

  public ForwarderInfo create(
      Viewer viewer, long domainId, String localPart, List<MailAddress> targets, boolean keepCopy) {
    throw new UnsupportedOperationException();
  }

  public ForwarderInfo update(
      Viewer viewer, long forwarderId, List<MailAddress> targets, boolean keepCopy) {
    throw new UnsupportedOperationException();
  }

  public void remove(Viewer viewer, long forwarderId) {
    throw new UnsupportedOperationException();
  }
}
