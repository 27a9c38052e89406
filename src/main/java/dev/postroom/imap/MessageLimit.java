package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.SearchKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * How many messages one command works on (RFC 9738). Of more, those with the highest UIDs are
 * taken, and the completion tells from which UID on. For the thread of one session.
 */
final class MessageLimit {
  private final int most;

  /** The lowest UID that the running command works on; 0 while it is for no more than it may. */
  private long lowestUid;

  MessageLimit(int most) {
    this.most = most;
  }

  /** A command begins. */
  void begin() {
    lowestUid = 0;
  }

  boolean isReached() {
    return lowestUid != 0;
  }

  /** Those of the messages that the running command may work on. */
  int[] cut(int[] ascending, MessageNumbers numbers) {
    if (ascending.length <= most) {
      return ascending;
    }
    var highest = Arrays.copyOfRange(ascending, ascending.length - most, ascending.length);
    lowestUid = numbers.uid(highest[0]);
    return highest;
  }

  /**
   * The number from which on a search looks at messages. Those that its sets of numbers and UIDs
   * leave out do not count: a client goes on with {@code UIDBEFORE}.
   */
  int firstSearched(SearchKey key, MessageNumbers numbers) {
    if (numbers.count() <= most) {
      return 1;
    }
    var candidates = new BitSet();
    candidates.set(1, numbers.count() + 1);
    keepThoseInSets(key, numbers, candidates);
    var searched = cut(candidates.stream().toArray(), numbers);
    return searched.length == 0 ? 1 : searched[0];
  }

  private static void keepThoseInSets(SearchKey key, MessageNumbers numbers, BitSet candidates) {
    if (key instanceof SearchKey.And(var keys)) {
      keys.forEach(each -> keepThoseInSets(each, numbers, candidates));
    } else if (key instanceof SearchKey.Numbers(var set) && !set.isSaved()) {
      candidates.and(bits(numbers.ofNumbers(set)));
    } else if (key instanceof SearchKey.Uids(var set) && !set.isSaved()) {
      candidates.and(bits(numbers.ofUids(set)));
    } // else any message may be like that
  }

  private static BitSet bits(int[] numbers) {
    var bits = new BitSet();
    Arrays.stream(numbers).forEach(bits::set);
    return bits;
  }

  /** RFC 9738 §3.1: for a command that does all or nothing. */
  Completion refuse(String command) {
    return Completion.no(code(), command + " is for " + most + " messages at most; nothing done");
  }

  /** The completion of a command, which says so when it worked on fewer messages than named. */
  Completion tell(Completion completion, ResponseWriter out) throws IOException {
    if (!isReached() || completion.status() != Completion.Status.OK) {
      return completion;
    }
    if (completion.code().isEmpty()) {
      return Completion.ok(code(), completion.text());
    }
    // RFC 9738 §3.1: there is room for one code
    out.raw("* NO [").raw(code()).raw("] only the last ").number(most).raw(" messages").crlf();
    return completion;
  }

  private String code() {
    return "MESSAGELIMIT " + most + " " + lowestUid;
  }
}
