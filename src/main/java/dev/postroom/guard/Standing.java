package dev.postroom.guard;

import java.time.Duration;

/**
 * How a client is to be treated.
 *
 * @param delay before each reply to something wrong, and before the greeting
 */
public record Standing(Duration delay, boolean banned) {
  static final Standing GOOD = new Standing(Duration.ZERO, false);
}
