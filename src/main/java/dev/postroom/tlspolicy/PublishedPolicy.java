package dev.postroom.tlspolicy;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.sts.StsPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a domain here publishes.
 *
 * @param text the policy file (RFC 8461 §3.2)
 * @param reportsTo where other servers send their reports
 */
public record PublishedPolicy(
    DomainName domain, StsPolicy.Mode mode, String text, MailAddress reportsTo) {
  private static final int ID_DIGITS = 20;

  /** The text of the TXT record {@code _mta-sts}. */
  public String stsRecord() {
    return "v=STSv1; id=" + id() + ";";
  }

  /** Another one whenever the file is another one (RFC 8461 §3.1). */
  public String id() {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The text of the TXT record {@code _smtp._tls} (RFC 8460 §3). */
  public String reportsRecord() {
    return "v=TLSRPTv1; rua=mailto:" + reportsTo;
  }
}
