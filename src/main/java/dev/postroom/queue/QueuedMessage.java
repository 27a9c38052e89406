package dev.postroom.queue;

import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message for one recipient in the queue, as pages show it.
 *
 * @param nextAttemptAt null while it is held
 * @param lastStatus what the last attempt ended with, empty before the first
 * @param accountId whose mail it is; null for reports to strangers
 * @param customer login of that account; empty for none and for one that is gone
 * @param heldBy rank of who holds it
 * @param route {@code host:port} where it was rerouted to, or empty; for administrators
 */
public record QueuedMessage(
    long id,
    TraceId trace,
    ReversePath reversePath,
    MailAddress recipient,
    long size,
    Instant queuedAt,
    @Nullable Instant nextAttemptAt,
    Instant expiresAt,
    int attempts,
    String lastStatus,
    @Nullable Long accountId,
    String customer,
    Selection.State state,
    int heldBy,
    String route) {
  public boolean isHeld() {
    return state == Selection.State.HELD;
  }

  public boolean isSending() {
    return state == Selection.State.SENDING;
  }

  /** Held by somebody above, who alone lets it go. */
  public boolean isHeldAbove(Viewer viewer) {
    return state == Selection.State.HELD && heldBy > Rank.of(viewer);
  }
}
