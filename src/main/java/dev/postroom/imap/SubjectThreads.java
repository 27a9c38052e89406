package dev.postroom.imap;

import dev.postroom.message.CaseMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The algorithm ORDEREDSUBJECT of THREAD (RFC 5256 §3). */
final class SubjectThreads {
  private static final Comparator<ThreadNode> BY_DATE =
      Comparator.comparingLong((ThreadNode node) -> node.sent)
          .thenComparingInt(node -> node.number);
  private static final Comparator<ThreadNode> ORDER =
      Comparator.comparing((ThreadNode node) -> node.subject, CaseMap.ORDER).thenComparing(BY_DATE);

  private SubjectThreads() {}

  /** The first message of a subject is the parent of all others. */
  static List<ThreadNode> of(List<ThreadNode> messages) {
    var sorted = messages.stream().sorted(ORDER).toList();
    var threads = new ArrayList<ThreadNode>();
    int end;
    for (int start = 0; start < sorted.size(); start = end) {
      var first = sorted.get(start);
      end = start + 1;
      while (end < sorted.size() && sorted.get(end).subject.equals(first.subject)) {
        end++;
      }
      sorted.subList(start + 1, end).reversed().forEach(first::add);
      threads.add(first);
    }
    threads.sort(BY_DATE);
    return threads;
  }
}
