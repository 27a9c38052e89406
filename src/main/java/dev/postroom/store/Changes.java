package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells open sessions that a folder has changed, after the change has committed. What changed is
 * asked of {@link MailboxStore#since}, so a lost or doubled call does no harm.
 */
@ApplicationScoped
public class Changes {
  /** Ends a subscription; ending it twice does nothing. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param wake called from any thread, must not block
   */
  public Subscription subscribe(long folderId, Runnable wake) {
    throw new UnsupportedOperationException();
  }
}
