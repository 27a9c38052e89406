package dev.postroom.queue;

import static java.util.stream.Collectors.toMap;

import dev.postroom.outbound.Shipment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Entries of the same message for the same destination, sent together.
 *
 * @param entries at least one
 */
record Parcel(List<Entry> entries) {
  static List<Parcel> pack(List<Entry> entries) {
    var letters = new LinkedHashMap<Entry.Letter, List<Entry>>();
    for (var entry : entries) {
      letters.computeIfAbsent(entry.letter(), _ -> new ArrayList<>()).add(entry);
    }
    return letters.values().stream().map(Parcel::new).toList();
  }

  /** Without those that are not to be sent; empty when none is left. */
  Optional<Parcel> only(Predicate<Entry> wanted) {
    var some = entries.stream().filter(wanted).toList();
    return some.isEmpty() ? Optional.empty() : Optional.of(new Parcel(some));
  }

  Entry first() {
    return entries.getFirst();
  }

  List<Long> ids() {
    return entries.stream().map(Entry::id).toList();
  }

  Shipment shipment() {
    var first = first();
    return new Shipment(
        first.trace(),
        first.reversePath(),
        first.recipient().domain(),
        entries.stream().map(Entry::recipient).toList(),
        first.content(),
        first.size(),
        first.extraHeader(),
        first.eightBit(),
        first.account() == Turn.NOBODY ? null : first.account(),
        first.options(),
        entries.stream()
            .collect(toMap(Entry::recipient, Entry::recipientOptions, (one, _) -> one)));
  }
}
