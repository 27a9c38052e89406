package dev.postroom.egress;

/**
 * A relay host, without its password.
 *
 * @param login empty for none
 */
public record RelayRule(String host, int port, RelayTls tls, String login) {
  boolean hasLogin() {
    return !login.isEmpty();
  }
}
