package dev.postroom.outbound;

import dev.postroom.mail.ReversePath;
import org.jspecify.annotations.Nullable;

/** Knows by which way whose mail leaves. */
public interface Ways {
  /**
   * @param accountId whose mail it is, null for nobody's
   * @throws WayUnknownException when it cannot be said now
   */
  Way of(@Nullable Long accountId, ReversePath sender);
}
