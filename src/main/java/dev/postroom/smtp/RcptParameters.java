package dev.postroom.smtp;

import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.smtp.syntax.DsnParameters;
import dev.postroom.smtp.syntax.SmtpReply;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What extensions let a client say in RCPT: NOTIFY and ORCPT (RFC 3461). */
final class RcptParameters {
  private final Offer offer;
  private Set<DsnNotify> notifyOn = Set.of();
  private @Nullable String originalRecipient;

  RcptParameters(Offer offer) {
    this.offer = offer;
  }

  RecipientOptions options() {
    return notifyOn.isEmpty() && originalRecipient == null
        ? RecipientOptions.NONE
        : new RecipientOptions(notifyOn, originalRecipient);
  }

  /** Why the recipient cannot be taken like this, null when it can. */
  @Nullable SmtpReply objection(Map<String, String> parameters) {
    for (var parameter : parameters.entrySet()) {
      var objection = read(parameter.getKey(), parameter.getValue());
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  private @Nullable SmtpReply read(String keyword, String value) {
    if (!offer.knows(keyword)) {
      return MailParameters.unknown(keyword);
    }
    return switch (keyword) {
      case "NOTIFY" -> notifyOn(DsnParameters.notifyOn(value));
      case "ORCPT" -> originalRecipient(DsnParameters.originalRecipient(value));
      default -> MailParameters.unknown(keyword);
    };
  }

  private @Nullable SmtpReply notifyOn(Optional<Set<DsnNotify>> wanted) {
    notifyOn = wanted.orElse(notifyOn);
    return wanted.isPresent()
        ? null
        : SmtpReply.of(501, "5.5.4", "NOTIFY is NEVER, or some of SUCCESS,FAILURE,DELAY");
  }

  private @Nullable SmtpReply originalRecipient(Optional<String> named) {
    originalRecipient = named.orElse(null);
    return named.isPresent()
        ? null
        : SmtpReply.of(501, "5.5.4", "ORCPT is rfc822;address, the address as xtext");
  }
}
