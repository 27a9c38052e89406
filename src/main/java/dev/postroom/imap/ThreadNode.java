package dev.postroom.imap;

import org.jspecify.annotations.Nullable;

/**
 * A message in a thread, or a dummy that stands for one that is not there. Children are linked from
 * one to the next, in any order; nothing here calls itself, as chains can be long.
 */
final class ThreadNode {
  /** The message's number; 0 for a dummy. */
  int number;

  long sent;
  String subject = "";
  boolean isReply;

  @Nullable ThreadNode parent;
  @Nullable ThreadNode child;
  @Nullable ThreadNode next;
  private @Nullable ThreadNode previous;

  static ThreadNode of(int number, long sent, String subject, boolean isReply) {
    var node = new ThreadNode();
    node.number = number;
    node.sent = sent;
    node.subject = subject;
    node.isReply = isReply;
    return node;
  }

  boolean isDummy() {
    return number == 0;
  }

  void add(ThreadNode node) {
    node.parent = this;
    node.previous = null;
    node.next = child;
    if (child != null) {
      child.previous = node;
    }
    child = node;
  }

  void leaveParent() {
    var before = previous;
    var after = next;
    if (after != null) {
      after.previous = before;
    }
    if (before != null) {
      before.next = after;
    } else if (parent != null) {
      parent.child = after;
    }
    standAlone();
  }

  /** Forgets what it was linked to, which is itself linked anew. */
  void standAlone() {
    parent = null;
    previous = null;
    next = null;
  }

  /** The next one below {@code top}, parents first. */
  @Nullable ThreadNode following(ThreadNode top) {
    if (child != null) {
      return child;
    }
    for (var node = this; node != null && node != top; node = node.parent) {
      if (node.next != null) {
        return node.next;
      }
    }
    return null;
  }
}
