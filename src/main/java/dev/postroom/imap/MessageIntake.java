package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.ImapSyntaxException;
import dev.postroom.imap.syntax.LiteralMark;
import dev.postroom.imap.syntax.MessagePiece;
import dev.postroom.imap.syntax.MessagePiece.Event;
import dev.postroom.store.NewMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the messages of one APPEND or REPLACE: from the wire, or from other messages (RFC 4469),
 * straight into blobs. When a message is refused, all are, and the rest of the command is read
 * past.
 */
final class MessageIntake implements AutoCloseable {
  /** More messages in one command are refused. */
  static final int MAX_MESSAGES = 500;

  /** So many, or so many octets, are made durable side by side. */
  private static final int KEPT_TOGETHER = 32;

  private static final long OCTETS_KEPT_TOGETHER = 1024 * 1024;

  /** So much of headers and summaries is held for one command; more is refused. */
  static final long MAX_HELD = 16 * 1024 * 1024;

  /** A literal that comes unasked is asked about only when that is less work than to take it. */
  private static final long WORTH_ASKING = 64 * 1024;

  private static final int MAX_TOLD_URL = 300;

  private final ImapSession session;
  private final User user;
  private final String folder;
  private final List<NewMessage> kept = new ArrayList<>(0);
  private final List<IncomingMessage> arrived = new ArrayList<>(1);
  private @Nullable IncomingMessage current;
  private boolean folderIsThere;
  private long ownerId;
  private long octetsArrived;
  private long octetsKept;
  private long octetsThatGo;
  private long octetsHeld;

  MessageIntake(ImapSession session, User user, String folder) {
    this.session = session;
    this.user = user;
    this.folder = folder;
  }

  /** So many octets leave the mailbox when the messages come. */
  void replaces(long octets) {
    octetsThatGo = octets;
  }

  /** Reads the command to its end. */
  void read(MessagePiece first) throws IOException, RefusedException {
    var piece = first;
    take(piece);
    while (!piece.isLast()) {
      try {
        piece = session.receiver().next(piece.then(), session.maxCommand());
      } catch (ImapSyntaxException malformed) {
        throw new RefusedException(Completion.bad(String.valueOf(malformed.getMessage())));
      }
      take(piece);
    }
  }

  private void take(MessagePiece piece) throws IOException, RefusedException {
    var literal = piece.literal().orElse(null);
    try {
      for (var event : piece.events()) {
        take(event);
      }
    } catch (RefusedException | RuntimeException failed) {
      skip(literal); // else the message would be read as commands
      throw failed;
    }
    if (literal != null) {
      if (literal.waits()) {
        session.receiver().goOn();
      }
      session.receiver().read(literal.size(), message());
    }
  }

  private void take(Event event) throws IOException, RefusedException {
    switch (event) {
      case Event.Begin(var flags, var date) -> {
        if (!isEmpty()) {
          session.appends().settle(user); // they came before
        }
        if (kept.size() + arrived.size() == MAX_MESSAGES) {
          throw new RefusedException(
              Completion.no("LIMIT", "at most " + MAX_MESSAGES + " messages at a time"));
        }
        current = new IncomingMessage(session.services().blobs, flags, date);
      }
      case Event.Literal(var mark, var whole) -> admit(mark, whole);
      case Event.Url(var url) -> add(url);
      case Event.End _ -> end();
    }
  }

  /** RFC 4469 §3: octets of another message, which never leave the server. */
  private void add(String url) throws RefusedException {
    try (var named = NamedContent.find(session, user, url).orElse(null)) {
      if (named == null) {
        throw new RefusedException(
            Completion.no("BADURL " + printable(url), "it names nothing that is here"));
      }
      checkSize(named.section().size());
      lookForFolder(); // a short URL may stand for much
      checkRoom(named.section().size());
      named.copyTo(message());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** RFC 4469 §5 url-resp-text. */
  private static String printable(String url) {
    var start = url.length() > MAX_TOLD_URL ? url.substring(0, MAX_TOLD_URL) : url;
    return start.isEmpty() ? "?" : start.replaceAll("[^!-\\\\^-~]", "?");
  }

  private IncomingMessage message() {
    return Objects.requireNonNull(current, "a message has begun");
  }

  private boolean isEmpty() {
    return kept.isEmpty() && arrived.isEmpty();
  }

  private void end() throws IOException, RefusedException {
    if (message().size() == 0) {
      throw new RefusedException(Completion.no("an empty message is none"));
    }
    if (!isEmpty() && arrived.size() == KEPT_TOGETHER || octetsArrived >= OCTETS_KEPT_TOGETHER) {
      keepArrived();
    }
    octetsArrived += message().size();
    arrived.add(message());
    current = null;
  }

  /** Before the octets come: folder and room are asked for if that can spare to take them. */
  private void admit(LiteralMark literal, boolean whole) throws RefusedException {
    checkSize(literal.size());
    if (whole && literal.size() == 0) {
      throw new RefusedException(Completion.no("an empty message is none"));
    }
    if (!literal.waits() && literal.size() <= WORTH_ASKING) {
      return;
    }
    lookForFolder();
    checkRoom(literal.size());
  }

  private void lookForFolder() throws RefusedException {
    if (folderIsThere) {
      return;
    }
    var found = new FolderNamespace(session, user).find(folder);
    if (found.isEmpty()) {
      throw new RefusedException(Completion.no("TRYCREATE", "there is no such folder"));
    }
    ownerId = found.get().require(FolderRight.INSERT).mailbox().mailboxId();
    folderIsThere = true;
  }

  /** RFC 7889 §4, RFC 4469 §4: whether the message can have so many octets more. */
  private void checkSize(long more) throws RefusedException {
    long limit = session.services().config.appendLimit().asLongValue();
    if (more > limit - message().size()) {
      throw new RefusedException(
          Completion.no("TOOBIG", "a message has at most " + limit + " octets"));
    }
  }

  private void checkRoom(long more) throws RefusedException {
    long octets = octetsKept + octetsArrived + message().size() + more - octetsThatGo;
    if (!session.services().store.hasRoom(ownerId, octets)) {
      throw new RefusedException(Completion.no("OVERQUOTA", "the mailbox is full"));
    }
  }

  /** Refuses before anything is taken. */
  RefusedException refuse(MessagePiece first, Completion why) throws IOException {
    skip(first.literal().orElse(null));
    return new RefusedException(why);
  }

  private void skip(@Nullable LiteralMark literal) throws IOException {
    skip(session, literal, session.services().config.appendLimit().asLongValue());
  }

  /** Reads past what the client sends unasked. */
  static void skip(ImapSession session, @Nullable LiteralMark literal, long mostOctets)
      throws IOException {
    if (literal == null || literal.waits()) {
      return;
    }
    if (literal.size() > mostOctets) {
      session.end("a message of " + literal.size() + " octets is not read"); // RFC 7888 §4
    } else {
      session.receiver().skipRest(literal, session.maxCommand(), mostOctets);
    }
  }

  /** Whether there is just one message, which has not been kept yet. */
  boolean isOne() {
    return arrived.size() == 1 && kept.isEmpty();
  }

  /** The one message; it is the caller's from now on. */
  IncomingMessage takeOne() {
    return arrived.removeFirst();
  }

  /** Makes all durable. */
  List<NewMessage> keep() throws IOException, RefusedException {
    keepArrived();
    return kept;
  }

  private void keepArrived() throws IOException, RefusedException {
    var now = session.services().clock.instant();
    if (arrived.size() == 1) {
      hold(arrived.getFirst().keep(now));
    } else {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var keeping = arrived.stream().map(one -> threads.submit(() -> one.keep(now))).toList();
        for (var one : keeping) {
          hold(one.get());
        }
      } catch (ExecutionException failed) {
        throw new IOException("a message could not be kept", failed.getCause());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while messages were kept");
      }
    }
    closeArrived();
    if (octetsHeld > MAX_HELD) {
      throw new RefusedException(
          Completion.no("LIMIT", "the headers are too large for one command"));
    }
  }

  private void hold(NewMessage message) {
    kept.add(message);
    var scanned = message.scanned();
    octetsHeld += scanned.header().length + scanned.summary().encode().length;
  }

  private void closeArrived() throws IOException {
    for (var one : arrived) {
      one.close();
    }
    arrived.clear();
    octetsKept += octetsArrived;
    octetsArrived = 0;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
    closeArrived();
  }
}
