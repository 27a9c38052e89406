package dev.postroom.queue;

/**
 * Whose turn it is: mail of one customer and one urgency for one destination.
 *
 * @param account {@link #NOBODY} for mail that is nobody's, such as reports to strangers
 * @param urgency smaller goes first
 */
record Turn(String destination, long account, int urgency) {
  static final long NOBODY = 0;
}
