package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Mailboxes. Their passwords are {@code auth}'s, their mail is {@code store}'s. */
@ApplicationScoped
public class Mailboxes {
  /**
   * @param domainId null for those of all domains that the viewer sees
   */
  public Listing<MailboxInfo> list(Viewer viewer, @Nullable Long domainId, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public MailboxInfo find(Viewer viewer, long mailboxId) {
    throw new UnsupportedOperationException();
  }

  public MailboxInfo findByAddress(Viewer viewer, MailAddress address) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param quotaOctets null for the default
   */
  public MailboxInfo create(
      Viewer viewer,
      long domainId,
      String localPart,
      String displayName,
      @Nullable Long quotaOctets) {
    throw new UnsupportedOperationException();
  }

  public MailboxInfo update(Viewer viewer, long mailboxId, String displayName, long quotaOctets) {
    throw new UnsupportedOperationException();
  }

  public MailboxInfo suspend(Viewer viewer, long mailboxId, Suspension suspension) {
    throw new UnsupportedOperationException();
  }

  /** Removes the mailbox with its mail. */
  public void remove(Viewer viewer, long mailboxId) {
    throw new UnsupportedOperationException();
  }
}
