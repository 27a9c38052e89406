package dev.postroom.queue;

/**
 * What an action on the queue came to.
 *
 * @param touched entries that it was done to
 * @param sending entries that were being sent at that moment: see {@link QueueActions}
 * @param kept entries that somebody above holds, and that were left as they are
 */
public record ActionResult(long touched, long sending, long kept) {
  static final ActionResult NOTHING = new ActionResult(0, 0, 0);

  ActionResult plus(ActionResult more) {
    return new ActionResult(touched + more.touched, sending + more.sending, kept + more.kept);
  }
}
