package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The THREAD response (RFC 5256 §4), however deep it is nested. */
final class ThreadWriter {
  /** On the stack, it closes a parenthesis. */
  private static final ThreadNode CLOSE = new ThreadNode();

  private final ResponseWriter out;
  private final boolean uid;
  private final MessageNumbers numbers;
  private final Deque<ThreadNode> open = new ArrayDeque<>();

  ThreadWriter(ResponseWriter out, boolean uid, MessageNumbers numbers) {
    this.out = out;
    this.uid = uid;
    this.numbers = numbers;
  }

  void write(List<ThreadNode> threads) throws IOException {
    out.raw("* THREAD");
    if (!threads.isEmpty()) {
      out.raw(' ');
    }
    for (var thread : threads) {
      write(thread);
    }
    out.crlf();
  }

  private void write(ThreadNode thread) throws IOException {
    open.push(thread);
    while (!open.isEmpty()) {
      var node = open.pop();
      if (node == CLOSE) {
        out.raw(')');
      } else {
        out.raw('(');
        open.push(CLOSE);
        members(node);
      }
    }
  }

  /** Parent and child, one after the other, up to where the thread splits. */
  private void members(ThreadNode first) throws IOException {
    if (first.isDummy()) {
      branches(first.child);
      return;
    }
    tell(first);
    var node = first;
    for (var only = onlyChild(node); only != null; only = onlyChild(node)) {
      out.raw(' ');
      tell(only);
      node = only;
    }
    if (node.child != null) {
      out.raw(' ');
      branches(node.child);
    }
  }

  private void tell(ThreadNode node) throws IOException {
    out.number(uid ? numbers.uid(node.number) : node.number);
  }

  private static @Nullable ThreadNode onlyChild(ThreadNode node) {
    var child = node.child;
    return child == null || child.next != null ? null : child;
  }

  private void branches(@Nullable ThreadNode first) {
    var branches = new ArrayList<ThreadNode>();
    for (var branch = first; branch != null; branch = branch.next) {
      branches.add(branch);
    }
    branches.reversed().forEach(open::push);
  }
}
