package dev.postroom.mail;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for one recipient: the parameters of RCPT that travel with it.
 *
 * @param notifyOn empty when nothing was said: then of failure, and of long delay (RFC 3461 §4.1)
 * @param originalRecipient with its type and in the clear: {@code rfc822;ann@example.org} (RFC 3461
 *     §4.2)
 */
public record RecipientOptions(Set<DsnNotify> notifyOn, @Nullable String originalRecipient) {
  /** Nothing is asked. */
  public static final RecipientOptions NONE = new RecipientOptions(Set.of(), null);

  public RecipientOptions {
    notifyOn = Set.copyOf(notifyOn);
  }

  public boolean wantsSuccess() {
    return notifyOn.contains(DsnNotify.SUCCESS);
  }

  public boolean wantsFailure() {
    return notifyOn.isEmpty() || notifyOn.contains(DsnNotify.FAILURE);
  }

  public boolean wantsDelay() {
    return notifyOn.isEmpty() || notifyOn.contains(DsnNotify.DELAY);
  }

  /** Success was reported already: nobody needs to do so again (RFC 3461 §5.2.7.3). */
  public RecipientOptions withoutSuccess() {
    if (!wantsSuccess()) {
      return this;
    }
    var rest = EnumSet.copyOf(notifyOn);
    rest.remove(DsnNotify.SUCCESS);
    return new RecipientOptions(rest.isEmpty() ? Set.of(DsnNotify.NEVER) : rest, originalRecipient);
  }
}
