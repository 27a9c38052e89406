package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Reads names in paths: what cannot be a name is not found. */
final class Names {
  private Names() {}

  static DomainName domain(String segment) {
    try {
      return DomainName.of(segment);
    } catch (InvalidAddressException _) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such domain.");
    }
  }

  static MailAddress address(String localPart, String domain) {
    return new MailAddress(localPart, domain(domain));
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
