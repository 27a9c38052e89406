package dev.postroom.directory;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Accounts. Administrators manage all of them, resellers their customers. */
@ApplicationScoped
public class Accounts {
  public Listing<AccountInfo> list(Viewer viewer, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public AccountInfo find(Viewer viewer, long accountId) {
    throw new UnsupportedOperationException();
  }

  public AccountInfo findByLogin(Viewer viewer, String login) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param parentId the reseller of a new customer; ignored when a reseller creates it (its own)
   */
  public AccountInfo create(
      Viewer viewer,
      Role role,
      String login,
      String name,
      @Nullable Long planId,
      @Nullable Long parentId) {
    throw new UnsupportedOperationException();
  }

  public AccountInfo update(Viewer viewer, long accountId, String name, @Nullable Long planId) {
    throw new UnsupportedOperationException();
  }

  public AccountInfo suspend(Viewer viewer, long accountId, Suspension suspension) {
    throw new UnsupportedOperationException();
  }

  /**
   * Removes the account with its domains, mailboxes and mail; a reseller only without customers.
   */
  public void remove(Viewer viewer, long accountId) {
    throw new UnsupportedOperationException();
  }

  /** Counts and use against the plan of one account. */
  public AccountUse use(Viewer viewer, long accountId) {
    throw new UnsupportedOperationException();
  }
}
