package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.SearchReturn;
import dev.postroom.imap.syntax.SearchReturn.Item;
import dev.postroom.imap.syntax.SearchReturn.Window;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, as it is told.
 *
 * @param found message numbers in the order in which they are told: that of the folder, or sorted
 * @param modSeqs where the search was by MODSEQ, so that the highest found is told as well
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record SearchAnswer(
    int[] found, boolean uid, MessageNumbers numbers, @Nullable CurrentFlags modSeqs) {

  SearchAnswer(int[] found, boolean uid, MessageNumbers numbers) {
    this(found, uid, numbers, null);
  }

  private long told(int number) {
    return uid ? numbers.uid(number) : number;
  }

  /** One number after the other (RFC 3501 §7.2.5, RFC 5256 §4). */
  void plain(String response, ResponseWriter out) throws IOException {
    out.raw("* ").raw(response);
    for (int number : found) {
      out.raw(' ').number(told(number));
    }
    if (modSeqs != null && found.length > 0) {
      out.raw(" (MODSEQ ").number(highest(found, modSeqs)).raw(')'); // RFC 7162 §3.1.6
    }
    out.crlf();
  }

  private static long highest(int[] some, CurrentFlags modSeqs) {
    return Arrays.stream(some).mapToLong(modSeqs::modSeq).max().orElse(0);
  }

  /** RFC 4731 §3.1, RFC 9051 §7.3.4. */
  void extended(String tag, SearchReturn returns, ResponseWriter out) throws IOException {
    out.raw("* ESEARCH (TAG \"").raw(tag).raw("\")");
    if (uid) {
      out.raw(" UID");
    }
    items(returns, out);
    out.crlf();
  }

  /** Where nothing was found there is no MIN, MAX and ALL. */
  void items(SearchReturn returns, ResponseWriter out) throws IOException {
    if (returns.has(Item.MIN) && found.length > 0) {
      out.raw(" MIN ").number(told(found[0]));
    }
    if (returns.has(Item.MAX) && found.length > 0) {
      out.raw(" MAX ").number(told(found[found.length - 1]));
    }
    if (returns.has(Item.COUNT)) {
      out.raw(" COUNT ").number(found.length);
    }
    if (returns.has(Item.ALL) && found.length > 0) {
      set(found, out.raw(" ALL "));
    }
    var window = returns.window();
    if (window != null) {
      partial(window, out);
    }
    if (modSeqs != null && found.length > 0) {
      // RFC 4731 §3.2: of MIN and MAX alone where nothing else is asked for
      out.raw(" MODSEQ ").number(highest(saved(returns), modSeqs));
    }
  }

  private void partial(Window window, ResponseWriter out) throws IOException {
    out.raw(" PARTIAL (").raw(window.toString()).raw(' ');
    var part = within(window);
    if (part.length == 0) {
      out.raw("NIL");
    } else {
      set(part, out);
    }
    out.raw(')');
  }

  private int[] within(Window window) {
    return within(window, found);
  }

  /** RFC 9394 §3.1: counted from the first result, or backwards from the last; either end first. */
  static int[] within(Window window, int[] found) {
    long low = Math.min(window.first(), window.last());
    long high = Math.max(window.first(), window.last());
    long from = low > 0 ? low - 1 : found.length + low;
    long to = low > 0 ? high : found.length + high + 1;
    int start = (int) Math.clamp(from, 0, found.length);
    int end = (int) Math.clamp(to, start, found.length);
    return Arrays.copyOfRange(found, start, end);
  }

  /** In their order: RFC 5267 §3.2 allows ranges where numbers rise one by one. */
  private void set(int[] some, ResponseWriter out) throws IOException {
    int end;
    for (int at = 0; at < some.length; at = end) {
      end = at + 1;
      while (end < some.length && told(some[end]) == told(some[end - 1]) + 1) {
        end++;
      }
      out.raw(at == 0 ? "" : ",").number(told(some[at]));
      if (end > at + 1) {
        out.raw(':').number(told(some[end - 1]));
      }
    }
  }

  /**
   * What {@code $} holds afterwards: where only MIN, MAX or PARTIAL are asked for, it is no more
   * than they gave (RFC 5182 §2.4, RFC 9394 §3.2).
   */
  int[] saved(SearchReturn returns) {
    var window = returns.window();
    boolean all = returns.has(Item.ALL) || returns.has(Item.COUNT);
    boolean some = returns.has(Item.MIN) || returns.has(Item.MAX) || window != null;
    if (all || !some || found.length == 0) {
      return found;
    }
    var kept = IntStream.builder();
    if (returns.has(Item.MIN)) {
      kept.add(found[0]);
    }
    if (returns.has(Item.MAX)) {
      kept.add(found[found.length - 1]);
    }
    var part = window == null ? new int[0] : within(window);
    return IntStream.concat(kept.build(), IntStream.of(part)).distinct().toArray();
  }
}
