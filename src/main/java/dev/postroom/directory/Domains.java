package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Domains. */
@ApplicationScoped
public class Domains {
  public Listing<DomainInfo> list(Viewer viewer, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public DomainInfo find(Viewer viewer, long domainId) {
    throw new UnsupportedOperationException();
  }

  public DomainInfo findByName(Viewer viewer, DomainName name) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param accountId whose it becomes; null for the viewer's own account
   */
  public DomainInfo create(Viewer viewer, DomainName name, @Nullable Long accountId) {
    throw new UnsupportedOperationException();
  }

  /** A reseller or administrator answers for the customer. */
  public DomainInfo vouch(Viewer viewer, long domainId) {
    throw new UnsupportedOperationException();
  }

  /** Control was seen in the DNS. Called by {@code dnscheck} alone, after looking. */
  public DomainInfo proven(Viewer viewer, long domainId) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param target null refuses mail for unknown local parts
   */
  public DomainInfo catchAll(Viewer viewer, long domainId, @Nullable MailAddress target) {
    throw new UnsupportedOperationException();
  }

  public DomainInfo suspend(Viewer viewer, long domainId, Suspension suspension) {
    throw new UnsupportedOperationException();
  }

  /** Removes the domain with its mailboxes, their mail, and its forwarders. */
  public void remove(Viewer viewer, long domainId) {
    throw new UnsupportedOperationException();
  }
}
