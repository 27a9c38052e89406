package dev.postroom.bulk;

/** How it stands with one recipient. */
public enum RecipientState {
  /** Not yet in the queue. */
  WAITING,
  /** On its way. */
  QUEUED,
  SENT,
  FAILED,
  /** On the list of addresses that get no bulk mail. */
  SUPPRESSED,
  CANCELLED,
  /**
   * It left the queue, or its delivery here was begun, and nothing was heard of it: dropped by
   * hand, or lost in a crash.
   */
  UNKNOWN
}
