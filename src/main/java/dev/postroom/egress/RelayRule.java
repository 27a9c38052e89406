package dev.postroom.egress;

/**
 * A relay host, without its password.
 *
 * @param host empty when it is not the viewer's to know
 * @param login empty for none
 */
public record RelayRule(String host, int port, RelayTls tls, String login) {
  /** That there is one, for those to whom host and login are not to be shown. */
  static final RelayRule HIDDEN = new RelayRule("", 0, RelayTls.VERIFIED, "");

  boolean hasLogin() {
    return !login.isEmpty();
  }
}
