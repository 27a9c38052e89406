package dev.postroom.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of whose mail to claim next for a destination: the same for each customer that has some
 * due, of its most urgent first, and no more than it can have beside what waits already.
 *
 * @param waiting entries that were claimed before, for each turn
 * @param room entries to have in all
 * @param after the customer that was served last: those behind it come first when there are many
 */
record Serving(Map<Turn, Integer> waiting, int room, long after) {
  /** So many entries of a turn. */
  record Helping(Turn turn, int entries) {}

  /**
   * @param due what there is, of one destination
   */
  List<Helping> helpings(List<Turn> due) {
    var byAccount = new TreeMap<Long, TreeMap<Integer, Turn>>();
    due.forEach(
        turn ->
            byAccount
                .computeIfAbsent(turn.account(), _ -> new TreeMap<>())
                .put(turn.urgency(), turn));
    var everybody = new TreeSet<>(byAccount.keySet());
    waiting.keySet().forEach(turn -> everybody.add(turn.account()));
    int each = Math.max(1, room / Math.max(1, everybody.size()));
    var helpings = new ArrayList<Helping>();
    int left = room;
    for (var turns : inOrder(byAccount)) {
      for (var helping : helpings(turns, Math.min(each, left))) {
        helpings.add(helping);
        left -= helping.entries();
      }
    }
    return helpings;
  }

  private List<TreeMap<Integer, Turn>> inOrder(TreeMap<Long, TreeMap<Integer, Turn>> byAccount) {
    var ordered = new ArrayList<>(byAccount.tailMap(after, false).values());
    ordered.addAll(byAccount.headMap(after, true).values());
    return ordered;
  }

  private List<Helping> helpings(TreeMap<Integer, Turn> turns, int most) {
    var helpings = new ArrayList<Helping>();
    int given = 0;
    for (var turn : turns.values()) {
      int entries = most - given - waitingBefore(turn);
      if (entries > 0) {
        helpings.add(new Helping(turn, entries));
        given += entries;
      }
    }
    return helpings;
  }

  /** What of the same customer is not less urgent, and goes before. */
  private int waitingBefore(Turn turn) {
    return waiting.entrySet().stream()
        .filter(w -> w.getKey().account() == turn.account())
        .filter(w -> w.getKey().urgency() <= turn.urgency())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
