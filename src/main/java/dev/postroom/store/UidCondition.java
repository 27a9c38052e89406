package dev.postroom.store;

import java.util.ArrayList;
import java.util.List;

/** A set of UIDs as SQL conditions on the column {@code uid}. */
final class UidCondition {
  /** So many terms in one statement; a larger set takes several statements. */
  static final int TERMS = 5000;

  private UidCondition() {}

  /** One condition for each statement, ascending; none for the empty set. */
  static List<Sql> of(UidSet uids) {
    var conditions = new ArrayList<Sql>();
    var ranges = uids.ranges();
    for (int from = 0; from < ranges.size(); from += TERMS) {
      conditions.add(condition(ranges.subList(from, Math.min(from + TERMS, ranges.size()))));
    }
    return conditions;
  }

  private static Sql condition(List<UidSet.Range> ranges) {
    var single = ranges.stream().filter(r -> r.first() == r.last()).map(UidSet.Range::first);
    var wide = ranges.stream().filter(r -> r.first() < r.last()).toList();
    var condition = Sql.of("(");
    boolean first = true;
    for (var range : wide) {
      condition.add(first ? "" : " or ");
      condition.add("uid between ? and ?", range.first(), range.last());
      first = false;
    }
    var uids = single.toList();
    if (!uids.isEmpty()) {
      condition.add(first ? "" : " or ").add("uid in ").in(uids);
    }
    return condition.add(")");
  }
}
