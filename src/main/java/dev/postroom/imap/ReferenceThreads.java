package dev.postroom.imap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The algorithm REFERENCES of THREAD (RFC 5256 §3), step by step. Messages are given one by one in
 * the order of the folder, so that their ids need not be held together.
 */
final class ReferenceThreads {
  /** By sent date, then by number; a dummy as its first child (steps 4 and 6). */
  static final Comparator<ThreadNode> ORDER =
      Comparator.comparingLong((ThreadNode node) -> shown(node).sent)
          .thenComparingInt(node -> shown(node).number);

  /** How many references of a message are read: the last ones, which are nearest to it. */
  static final int MAX_REFERENCES = 100;

  /**
   * How many ids may be referred to that no message has. Beyond it a message's parent is all that
   * is read: who sends mail cannot fill the memory with ids of his own.
   */
  static final int MAX_MISSING = 100_000;

  /**
   * How far all messages together may go up and down the threads in search of loops, and how far
   * each may go for its own parent when that is spent. What is not told by then is not linked.
   * 100,000 messages of one thread, in any order, stay below it.
   */
  private static final int STEPS = 20_000_000;

  private static final int STEPS_TO_A_PARENT = 1000;

  private final Map<String, ThreadNode> byId = new HashMap<>();
  private final List<ThreadNode> messages = new ArrayList<>();
  private int stepsLeft = STEPS;

  private static ThreadNode shown(ThreadNode node) {
    var first = node.child;
    return node.isDummy() && first != null ? first : node;
  }

  /**
   * Step 1 for the next message.
   *
   * @param message with its number, date and subject
   * @param id null when it has none
   */
  void add(ThreadNode message, @Nullable String id, List<String> references) {
    var node = placed(message, id);
    messages.add(node);
    ThreadNode last = null;
    for (var reference : read(references)) {
      var referred = byId.computeIfAbsent(reference, _ -> new ThreadNode());
      if (last != null && referred.parent == null) {
        link(last, referred); // step 1 (A)
      }
      last = referred;
    }
    // Step 1 (B): what it says itself goes before what others said.
    stepsLeft = Math.max(stepsLeft, STEPS_TO_A_PARENT);
    if (node.parent != last) {
      if (node.parent != null) {
        node.leaveParent();
      }
      if (last != null) {
        link(last, node);
      }
    }
  }

  /** How many are held, of messages and of what they refer to. */
  int ids() {
    return byId.size();
  }

  private List<String> read(List<String> references) {
    int most = byId.size() - messages.size() < MAX_MISSING ? MAX_REFERENCES : 1;
    return references.subList(Math.max(0, references.size() - most), references.size());
  }

  /** The first message with an id takes the place that its referrers have made for it. */
  private ThreadNode placed(ThreadNode message, @Nullable String id) {
    if (id == null) {
      return message;
    }
    var known = byId.putIfAbsent(id, message);
    if (known == null || !known.isDummy()) {
      return message;
    }
    known.number = message.number;
    known.sent = message.sent;
    known.subject = message.subject;
    known.isReply = message.isReply;
    return known;
  }

  private void link(ThreadNode parent, ThreadNode child) {
    if (!mayBeWithin(parent, child)) {
      parent.add(child);
    }
  }

  /**
   * Whether {@code node} is {@code top} or below it, or this took too many steps to tell. Goes up
   * from one and down from the other in turns, so that it costs no more than twice the shorter way.
   */
  private boolean mayBeWithin(ThreadNode node, ThreadNode top) {
    ThreadNode up = node;
    ThreadNode down = top;
    while (up != null && down != null) {
      if (up == top || down == node || stepsLeft == 0) {
        return true;
      }
      stepsLeft--;
      up = up.parent;
      down = down.following(top);
    }
    return false;
  }

  /** Steps 2 to 6: the threads in their order. */
  List<ThreadNode> threads() {
    byId.clear();
    var threads = merged(withoutDummies());
    messages.forEach(ReferenceThreads::sortChildren);
    threads.stream().filter(ThreadNode::isDummy).forEach(ReferenceThreads::sortChildren);
    threads.sort(ORDER);
    return threads;
  }

  /** Steps 2 to 4. A dummy is left only where it holds together several children at the top. */
  private List<ThreadNode> withoutDummies() {
    var parents = new ThreadNode[messages.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = realParent(messages.get(i));
    }
    for (int i = 0; i < parents.length; i++) {
      messages.get(i).child = null;
      if (parents[i] != null) {
        parents[i].child = null;
      }
    }
    var tops = new ArrayList<ThreadNode>();
    for (int i = parents.length - 1; i >= 0; i--) {
      var parent = parents[i];
      if (parent == null) {
        messages.get(i).standAlone();
        tops.add(messages.get(i));
        continue;
      }
      if (parent.isDummy() && parent.child == null) {
        tops.add(parent);
      }
      parent.add(messages.get(i));
    }
    tops.replaceAll(ReferenceThreads::orOnlyChild);
    tops.forEach(ReferenceThreads::sortChildren);
    tops.sort(ORDER);
    return tops;
  }

  private static ThreadNode orOnlyChild(ThreadNode top) {
    var first = top.child;
    if (top.isDummy() && first != null && first.next == null) {
      first.standAlone();
      return first;
    }
    return top;
  }

  /** The nearest ancestor that is a message, else the dummy on top, else null. */
  private static @Nullable ThreadNode realParent(ThreadNode message) {
    var found = message.parent;
    while (found != null && found.isDummy() && found.parent != null) {
      found = found.parent;
    }
    // The dummies on the way need not be passed again.
    for (var node = message.parent; node != null && node != found; ) {
      var above = node.parent;
      node.parent = found;
      node = above;
    }
    return found;
  }

  /** Step 5: threads of the same subject become one. */
  private static List<ThreadNode> merged(List<ThreadNode> roots) {
    var table = new HashMap<String, ThreadNode>();
    for (var root : roots) {
      var subject = shown(root).subject;
      if (!subject.isEmpty()) {
        table.merge(subject, root, ReferenceThreads::forTable);
      }
    }
    var threads = new ArrayList<ThreadNode>();
    for (var root : roots) {
      var subject = shown(root).subject;
      var first = table.get(subject);
      if (first == null || first == root) {
        threads.add(root);
      } else if (root.parent == null) { // else it was joined before it came to its turn
        var joined = joined(first, root);
        if (joined != first) {
          table.put(subject, joined);
          threads.add(joined);
        }
      }
    }
    threads.removeIf(thread -> thread.parent != null);
    return threads;
  }

  /** Step 5 (C) (iv): what stands in the subject table afterwards. */
  private static ThreadNode joined(ThreadNode first, ThreadNode current) {
    if (first.isDummy() && current.isDummy()) {
      for (var child = current.child; child != null; child = current.child) {
        child.leaveParent();
        first.add(child);
      }
      return first;
    }
    if (first.isDummy() || (current.isReply && !first.isReply)) {
      first.add(current);
      return first;
    }
    var dummy = new ThreadNode();
    dummy.add(first);
    dummy.add(current);
    return dummy;
  }

  /** Step 5 (B) (iv). */
  private static ThreadNode forTable(ThreadNode known, ThreadNode current) {
    boolean replaces =
        !known.isDummy() && (current.isDummy() || (known.isReply && !current.isReply));
    return replaces ? current : known;
  }

  private static void sortChildren(ThreadNode node) {
    var first = node.child;
    if (first == null || first.next == null) {
      return;
    }
    var children = new ArrayList<ThreadNode>();
    for (var child = node.child; child != null; child = child.next) {
      children.add(child);
    }
    children.sort(ORDER);
    node.child = null;
    children.reversed().forEach(node::add);
  }
}
