package dev.postroom.outbound;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to some recipients of one domain.
 *
 * @param size octets of the content, {@code extraHeader} not counted
 * @param extraHeader header lines with CRLF to be sent before the content, or empty
 * @param eightBit the content has octets above 127 (RFC 6152)
 * @param accountId whose mail it is, null for nobody's
 */
public record Shipment(
    TraceId trace,
    ReversePath reversePath,
    DomainName domain,
    List<MailAddress> recipients,
    BlobId content,
    long size,
    String extraHeader,
    boolean eightBit,
    @Nullable Long accountId,
    MailOptions options,
    Map<MailAddress, RecipientOptions> recipientOptions) {
  public Shipment {
    recipients = List.copyOf(recipients);
    recipientOptions = Map.copyOf(recipientOptions);
  }

  Shipment to(List<MailAddress> fewer) {
    return new Shipment(
        trace,
        reversePath,
        domain,
        fewer,
        content,
        size,
        extraHeader,
        eightBit,
        accountId,
        options,
        recipientOptions);
  }

  /** What was asked for one of its recipients. */
  RecipientOptions optionsOf(MailAddress recipient) {
    return recipientOptions.getOrDefault(recipient, RecipientOptions.NONE);
  }

  /** Octets that the other server will see. */
  long wireSize() {
    return size + extraHeader.length();
  }

  /** RFC 6531 §3.1: an address of the envelope is not in ASCII. */
  boolean needsSmtpUtf8() {
    return !isAscii(reversePath.toPlainString())
        || recipients.stream().anyMatch(recipient -> !isAscii(recipient.toString()));
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
