package dev.postroom.queue;

import dev.postroom.mail.MailAddress;

/** Hears of forwarded messages whose address is refused for good; {@code routing} does. */
public interface RefusedForwards {
  /**
   * Inside the transaction that takes the message out of the queue.
   *
   * @param accountId whose forwarder sent it on
   * @param words of the remote host, or why it was never asked
   */
  void refused(long accountId, MailAddress destination, String words);
}
