package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.util.Optional;

/**
 * Plus addressing: {@code ann+shop@} is {@code ann@} with the detail {@code shop} (RFC 5233 §4).
 *
 * @param text may be empty
 */
record Detail(MailAddress base, String text) {
  /**
   * The address up to the first separator; empty when there is none, or nothing before it.
   *
   * @param separators each of these characters is one
   */
  static Optional<Detail> of(MailAddress address, String separators) {
    var local = address.localPart();
    for (int i = 1; i < local.length(); i++) {
      if (separators.indexOf(local.charAt(i)) >= 0) {
        var base = new MailAddress(local.substring(0, i), address.domain());
        return Optional.of(new Detail(base, local.substring(i + 1)));
      }
    }
    return Optional.empty();
  }
}
