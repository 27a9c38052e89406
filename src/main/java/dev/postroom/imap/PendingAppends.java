package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.imap.syntax.LiteralMark;
import dev.postroom.store.NewMessage;
import dev.postroom.store.StoreProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Messages of APPENDs that a client has sent without waiting for the answers. They are made durable
 * together: their octets side by side, so that they share syncs, their rows in one transaction.
 * Then each is answered. The session's thread.
 */
final class PendingAppends {
  private static final int MAX_MESSAGES = 32;
  private static final long MAX_OCTETS = 1024 * 1024;

  private final ImapSession session;
  private final List<Pending> pending = new ArrayList<>(0);
  private long octets;

  PendingAppends(ImapSession session) {
    this.session = session;
  }

  /** One of them, and in the end its answer. */
  private static final class Pending {
    private final String tag;
    private final Append command;
    private final IncomingMessage message;
    private @Nullable NewMessage kept;
    private @Nullable Completion answer;

    Pending(String tag, Append command, IncomingMessage message) {
      this.tag = tag;
      this.command = command;
      this.message = message;
    }

    NewMessage kept() {
      return Objects.requireNonNull(kept);
    }
  }

  /** Whether an APPEND may join those that wait. */
  boolean mayJoin(Append next) {
    long size = next.first().literal().map(LiteralMark::size).orElse(0L);
    return next.first().isPlain()
        && pending.size() < MAX_MESSAGES
        && octets + size <= MAX_OCTETS
        && pending.stream().allMatch(before -> before.command.folder().equals(next.folder()));
  }

  void add(String tag, Append command, IncomingMessage message) {
    pending.add(new Pending(tag, command, message));
    octets += message.size();
  }

  /** Throws away what was not settled: the client has heard of none of it. */
  void drop() throws IOException {
    for (var one : pending) {
      one.message.close();
    }
    pending.clear();
    octets = 0;
  }

  /** Makes all durable and answers. */
  void settle(User user) throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    try {
      keep();
      append(user, pending.stream().filter(one -> one.answer == null).toList());
      session.news().tell(true); // RFC 3501 §6.3.11: the client hears EXISTS at once
      for (var one : pending) {
        var answer = Objects.requireNonNull(one.answer);
        session.complete(one.tag, answer);
        session.services().measure(one.command, answer, System.nanoTime() - start);
      }
    } finally {
      drop();
    }
  }

  private void keep() {
    if (pending.size() == 1) {
      keep(pending.getFirst());
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      pending.forEach(one -> threads.execute(() -> keep(one)));
    }
  }

  private void keep(Pending one) {
    try {
      one.kept = one.message.keep(session.services().clock.instant());
    } catch (IOException | RuntimeException failed) {
      one.answer = failed(failed);
    }
  }

  /** One transaction for all; when it is turned down for the sake of one, one for each. */
  private void append(User user, List<Pending> kept) {
    if (kept.isEmpty()) {
      return;
    }
    var folder = kept.getFirst().command.folder();
    try {
      var place = new FolderNamespace(session, user).destination(folder);
      var messages = place.permitted(kept.stream().map(Pending::kept).toList());
      var appended = place.mailbox().append(place.name(), messages);
      session.news().mine(appended);
      for (int i = 0; i < kept.size(); i++) {
        var uid = appended.uids().get(i);
        kept.get(i).answer =
            uid.isPresent()
                // RFC 4315 §3
                ? Completion.ok(
                    "APPENDUID " + appended.uidValidity() + " " + uid.getAsLong(), "APPEND done")
                : Completion.no("OVERQUOTA", "the mailbox is full");
      }
    } catch (StoreProblem problem) {
      if (kept.size() > 1) {
        kept.forEach(one -> append(user, List.of(one)));
      } else {
        kept.getFirst().answer = AppendConversation.turnedDown(problem);
      }
    } catch (RuntimeException failed) {
      var answer = failed(failed);
      kept.forEach(one -> one.answer = answer);
    }
  }

  private Completion failed(Exception failure) {
    return Failures.of(failure, "APPEND", session.services().newTrace().toString());
  }
}
