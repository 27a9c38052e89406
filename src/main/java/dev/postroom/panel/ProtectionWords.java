package dev.postroom.panel;

import io.quarkus.qute.TemplateExtension;

/** What reports say in one word (RFC 8460 §4.3), as people read it. */
@TemplateExtension(namespace = "protection")
public final class ProtectionWords {
  private ProtectionWords() {}

  public static String failure(String type) {
    return switch (type) {
      case "starttls-not-supported" -> "No encryption offered";
      case "certificate-host-mismatch" -> "A certificate for another name";
      case "certificate-expired" -> "An expired certificate";
      case "certificate-not-trusted" -> "A certificate that is not trusted";
      case "validation-failure" -> "Not as the policy says";
      case "tlsa-invalid", "dnssec-invalid", "dane-required" -> "Wrong DNS records (DANE)";
      case "sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid" ->
          "The policy could not be read (MTA-STS)";
      default -> type.isEmpty() ? "A failure" : type; // a stranger's word
    };
  }
}
