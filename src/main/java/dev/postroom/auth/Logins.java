package dev.postroom.auth;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;

/** Checks names and passwords. Calls take as long as a slow hash: never on an event loop. */
@ApplicationScoped
public class Logins {
  /**
   * A login to a mailbox by its address.
   *
   * @param service {@code imap}, {@code pop3}, {@code submission}: for logs and metrics
   */
  public LoginResult mailbox(String address, String password, InetAddress from, String service) {
    throw new UnsupportedOperationException();
  }

  /** A login to the panel by an account's login name. */
  public LoginResult account(String login, String password, InetAddress from) {
    throw new UnsupportedOperationException();
  }
}
