package dev.postroom.imap;

import java.util.stream.LongStream;

/**
 * The messages that {@code $} stands for, as UIDs: those that are expunged meanwhile are found no
 * more, and nothing has to follow their numbers (RFC 5182 §2.1). Empty in a folder that was just
 * opened.
 */
final class SavedResult {
  private static final long[] NOTHING = {};

  private long[] uids = NOTHING;

  void clear() {
    uids = NOTHING;
  }

  /**
   * @param some in any order
   */
  void keep(int[] some, MessageNumbers numbers) {
    uids = new long[some.length];
    for (int i = 0; i < some.length; i++) {
      uids[i] = numbers.uid(some[i]);
    }
  }

  /** As ascending numbers. */
  int[] in(MessageNumbers numbers) {
    return LongStream.of(uids).mapToInt(numbers::number).filter(n -> n > 0).sorted().toArray();
  }
}
