package dev.postroom.imap;

import dev.postroom.imap.syntax.TextForm;
import dev.postroom.message.EnvelopeAddress;
import dev.postroom.message.MimeFields.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in UTF-8 (RFC 6532) as clients see them that have not enabled it, after RFC 6858:
 * readable, and no address that could be answered by mistake. Octets that are no UTF-8 stay.
 */
final class Downgrade {
  /** RFC 2606 §2: nobody is there. */
  private static final EnvelopeAddress NOBODY =
      new EnvelopeAddress(null, null, "internationalized-address", "utf8.invalid");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Downgrade() {}

  private static boolean isForeign(@Nullable String octetText) {
    return octetText != null
        && octetText.chars().anyMatch(c -> c > 0x7f)
        && TextForm.isUtf8(octetText);
  }

  /** RFC 6858 §2.4: text as encoded words. */
  static @Nullable String text(@Nullable String octetText) {
    return octetText != null && isForeign(octetText)
        ? EncoderUtil.encodeIfNecessary(unicode(octetText), Usage.TEXT_TOKEN, 0)
        : octetText;
  }

  private static String unicode(String octetText) {
    return new String(octetText.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** RFC 6858 §2.1: an address that the client could not use becomes a name. */
  static EnvelopeAddress address(EnvelopeAddress address) {
    boolean usable = !isForeign(address.mailbox()) && !isForeign(address.host());
    if (usable && !isForeign(address.name())) {
      return address;
    }
    if (address.host() == null) { // the name of a group
      return new EnvelopeAddress(null, null, text(address.mailbox()), null);
    }
    var name = address.name() == null ? address.mailbox() + "@" + address.host() : address.name();
    var shown = usable ? address : NOBODY;
    return new EnvelopeAddress(text(name), shown.route(), shown.mailbox(), shown.host());
  }

  /** RFC 6858 §2.2: a parameter in the form of RFC 2231 §4. */
  static Parameter parameter(Parameter parameter) {
    if (!isForeign(parameter.value()) || parameter.name().endsWith("*")) {
      return parameter;
    }
    var value = new StringBuilder("utf-8''");
    for (byte octet : parameter.value().getBytes(StandardCharsets.ISO_8859_1)) {
      if (isPlain(octet)) {
        value.append((char) octet);
      } else {
        value.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return new Parameter(parameter.name() + "*", value.toString());
  }

  /** RFC 2231 §7 attribute-char, the letters and digits of it and what names of files have. */
  private static boolean isPlain(byte octet) {
    return octet >= 'a' && octet <= 'z'
        || octet >= 'A' && octet <= 'Z'
        || octet >= '0' && octet <= '9'
        || octet == '.'
        || octet == '-'
        || octet == '_';
  }
}
