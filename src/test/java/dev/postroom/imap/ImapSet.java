package dev.postroom.imap;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A sequence set of a response, {@code 3:5,9}, in the order in which it stands. */
record ImapSet(String text) {
  List<Long> uids() {
    return Arrays.stream(text.split(","))
        .map(range -> range.split(":", 2))
        .flatMapToLong(ImapSet::between)
        .boxed()
        .toList();
  }

  private static LongStream between(String[] ends) {
    long first = Long.parseLong(ends[0]);
    return LongStream.rangeClosed(first, ends.length == 1 ? first : Long.parseLong(ends[1]));
  }
}
