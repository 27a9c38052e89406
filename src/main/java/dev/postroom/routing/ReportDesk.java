package dev.postroom.routing;

import dev.postroom.mail.MailAddress;

/**
 * Addresses of domains here behind which no mailbox is: what arrives is read by this server.
 *
 * <p>Asked for every recipient, so it must be quick for what is not its own.
 */
public interface ReportDesk {
  boolean takes(MailAddress address);

  /** Durable when it returns. A message may come twice; what is no report is dropped. */
  void file(MailAddress address, Content content);
}
