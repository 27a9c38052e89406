package dev.postroom.store;

/** What a mailbox holds. */
public record Usage(long octets, long messages) {
  public static final Usage EMPTY = new Usage(0, 0);
}
