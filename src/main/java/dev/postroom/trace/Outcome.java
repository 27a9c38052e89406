package dev.postroom.trace;

/** How things stand for one recipient of a message. */
public enum Outcome {
  /** In a mailbox here. */
  DELIVERED,
  /** Another server has it. */
  SENT,
  /** Somebody here passes it on; where it goes has a line of its own. */
  FORWARDED,
  /** In the queue. */
  WAITING,
  /** Never taken. */
  REFUSED,
  /** Its client went away before it was here. */
  ABANDONED,
  /** Not delivered, and nobody could be told. */
  FAILED,
  /** Not delivered; the sender was told. */
  RETURNED,
  /** In the queue until somebody releases it. */
  HELD,
  /** Thrown away by somebody's decision. */
  DROPPED,
  /** Put aside as harmful. */
  QUARANTINED
}
