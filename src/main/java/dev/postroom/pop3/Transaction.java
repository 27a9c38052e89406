package dev.postroom.pop3;

import dev.postroom.blob.Blob;
import dev.postroom.net.Wire;
import dev.postroom.store.StoreProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/** What is said in the TRANSACTION state (RFC 1939 §5), over an open maildrop. */
final class Transaction {
  private static final Logger LOG = Logger.getLogger(Transaction.class);

  private final Maildrop maildrop;
  private final Wire wire;
  private final Replies replies;
  private final Counter retrieved;
  private final Counter deleted;

  Transaction(Maildrop maildrop, Wire wire, MeterRegistry meters) {
    this.maildrop = maildrop;
    this.wire = wire;
    this.replies = new Replies(wire);
    this.retrieved = meters.counter("postroom.pop3.retrieved");
    this.deleted = meters.counter("postroom.pop3.deleted");
  }

  void stat() throws IOException {
    replies.ok(maildrop.count() + " " + maildrop.size());
  }

  void list(OptionalInt number) throws IOException {
    listing(number, message -> message + " " + maildrop.size(message));
  }

  void uidl(OptionalInt number) throws IOException {
    listing(number, message -> message + " " + maildrop.uniqueId(message));
  }

  private void listing(OptionalInt number, IntFunction<String> line) throws IOException {
    if (number.isPresent()) {
      if (exists(number.getAsInt())) {
        replies.ok(line.apply(number.getAsInt()));
      }
      return;
    }
    replies.ok(maildrop.count() + " messages (" + maildrop.size() + " octets)");
    for (int message : maildrop.numbers().toArray()) {
      replies.line(line.apply(message));
    }
    replies.endOfLines();
  }

  void retr(int number) throws IOException {
    send(number, (message, to) -> MultiLine.sendWhole(message.read(), to::write));
    retrieved.increment();
  }

  void top(int number, int lines) throws IOException {
    send(number, (message, to) -> MultiLine.sendTop(message.read(), lines, to::write));
  }

  private interface Sender {
    void send(Blob message, Wire to) throws IOException;
  }

  /** A failure before the +OK is told; after it only the end of the connection can tell. */
  private void send(int number, Sender sender) throws IOException {
    if (!exists(number)) {
      return;
    }
    Blob message;
    try {
      message = maildrop.content(number);
    } catch (NoSuchFileException lost) {
      LOG.errorf(lost, "message %s is lost", maildrop.uniqueId(number));
      replies.error(Replies.Code.SYS_PERM, "the message is lost, ask your administrator");
      return;
    } catch (IOException unreadable) {
      LOG.errorf(unreadable, "message %s cannot be read", maildrop.uniqueId(number));
      replies.error(Replies.Code.SYS_TEMP, "the message cannot be read at the moment");
      return;
    } catch (StoreProblem _) {
      replies.error("the message was removed in another session");
      return;
    }
    try (message) {
      replies.ok(maildrop.size(number) + " octets");
      sender.send(message, wire);
    }
  }

  void dele(int number) throws IOException {
    if (exists(number)) {
      maildrop.delete(number);
      replies.ok("message " + number + " is marked as deleted");
    }
  }

  void rset() throws IOException {
    maildrop.reset();
    replies.ok(maildrop.count() + " messages (" + maildrop.size() + " octets)");
  }

  /** RFC 1939 §6: the UPDATE state. */
  void quit() throws IOException {
    int removed = maildrop.update();
    deleted.increment(removed);
    replies.ok(removed == 0 ? "goodbye" : removed + " messages deleted, goodbye");
  }

  private boolean exists(int number) throws IOException {
    if (maildrop.has(number)) {
      return true;
    }
    replies.error("there is no message " + number);
    return false;
  }
}
