package dev.postroom.imap;

import dev.postroom.imap.syntax.SortCriterion;
import dev.postroom.imap.syntax.SortCriterion.Key;
import dev.postroom.message.CaseMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sorts messages of a folder (RFC 5256 §3) by columns of what is compared: of each message no more
 * is held than that.
 */
final class Sorting {
  private static final int BATCH = 256;
  private static final Set<Key> FROM_TABLE = EnumSet.of(Key.ARRIVAL, Key.SIZE);

  private final SelectedFolder folder;
  private final SortFields fields;
  private final int[] messages;
  private final Progress progress;
  private final Map<Key, long[]> numbers = new EnumMap<>(Key.class);
  private final Map<Key, String[]> texts = new EnumMap<>(Key.class);

  /**
   * @param messages ascending
   */
  Sorting(SelectedFolder folder, SortFields fields, int[] messages, Progress progress) {
    this.folder = folder;
    this.fields = fields;
    this.messages = messages;
    this.progress = progress;
  }

  int[] by(List<SortCriterion> criteria) throws IOException {
    var keys = EnumSet.noneOf(Key.class);
    criteria.forEach(criterion -> keys.add(criterion.key()));
    load(keys);
    Comparator<Integer> order = (_, _) -> 0;
    for (var criterion : criteria) {
      var one = order(criterion.key());
      order = order.thenComparing(criterion.reverse() ? one.reversed() : one);
    }
    // What is equal stays in the order of the folder: the sort is stable.
    return IntStream.range(0, messages.length)
        .boxed()
        .sorted(order)
        .mapToInt(at -> messages[at])
        .toArray();
  }

  private Comparator<Integer> order(Key key) {
    var text = texts.get(key);
    if (text != null) {
      return (a, b) -> CaseMap.ORDER.compare(text[a], text[b]);
    }
    var number = numbers.getOrDefault(key, new long[0]);
    return (a, b) -> Long.compare(number[a], number[b]);
  }

  private void load(Set<Key> keys) throws IOException {
    for (var key : keys) {
      switch (key) {
        case ARRIVAL, DATE, SIZE -> numbers.put(key, new long[messages.length]);
        case CC, DISPLAYFROM, DISPLAYTO, FROM, SUBJECT, TO -> {
          var column = new String[messages.length];
          Arrays.fill(column, "");
          texts.put(key, column);
        }
      }
    }
    boolean tableOnly = FROM_TABLE.containsAll(keys);
    for (int from = 0; from < messages.length; from += BATCH) {
      progress.at(from, messages.length);
      int to = Math.min(from + BATCH, messages.length);
      var known = tableOnly ? Map.<Long, Sortable>of() : loaded(from, to);
      for (int at = from; at < to; at++) {
        put(at, keys, known);
      }
    }
  }

  private Map<Long, Sortable> loaded(int from, int to) {
    return fields.of(
        folder.mailbox(),
        IntStream.range(from, to)
            .mapToObj(at -> folder.numbers().contentId(messages[at]))
            .distinct()
            .toList());
  }

  private void put(int at, Collection<Key> keys, Map<Long, Sortable> known) {
    var table = folder.numbers();
    int message = messages[at];
    var arrived = table.internalDate(message);
    var sortable = known.get(table.contentId(message));
    for (var key : keys) {
      switch (key) {
        case ARRIVAL -> column(key)[at] = arrived.toEpochMilli();
        case SIZE -> column(key)[at] = table.size(message);
        case DATE ->
            column(key)[at] = sortable == null ? arrived.toEpochMilli() : sortable.sentOr(arrived);
        case CC, DISPLAYFROM, DISPLAYTO, FROM, SUBJECT, TO -> {
          if (sortable != null) { // else it was expunged long ago
            textColumn(key)[at] = text(key, sortable);
          }
        }
      }
    }
  }

  private long[] column(Key key) {
    return numbers.getOrDefault(key, new long[0]);
  }

  private String[] textColumn(Key key) {
    return texts.getOrDefault(key, new String[0]);
  }

  private static String text(Key key, Sortable of) {
    return switch (key) {
      case CC -> of.cc();
      case DISPLAYFROM -> of.displayFrom();
      case DISPLAYTO -> of.displayTo();
      case FROM -> of.from();
      case SUBJECT -> of.subject();
      case TO -> of.to();
      case ARRIVAL, DATE, SIZE -> "";
    };
  }
}
