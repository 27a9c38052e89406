package dev.postroom.imap;

import dev.postroom.net.WireTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * IDLE (RFC 2177): tells what changes until the client says DONE. While nothing does, it has no
 * thread.
 */
final class IdleConversation {
  private static final int MAX_LINE = 1024;

  private final ImapSession session;
  private final long silentSince = System.nanoTime();
  private boolean begun;

  IdleConversation(ImapSession session) {
    this.session = session;
  }

  /**
   * Begins, or goes on with what the wire has waited for.
   *
   * @return {@link Completion#LATER} when there is more to wait for
   */
  Completion goOn() throws IOException {
    if (!begun) {
      begun = true;
      session.out().raw("+ idling").crlf();
      return tellChanges();
    }
    return switch (session.wire().await(Duration.ZERO)) {
      case INPUT -> end(session.wire().readLine(MAX_LINE).text());
      case NUDGED -> tellChanges();
      case TIMED_OUT -> {
        if (System.nanoTime() - silentSince > session.services().config.idleTimeout().toNanos()) {
          throw new WireTimeoutException("idle for too long");
        }
        session.out().untagged("OK still here");
        yield tellChanges();
      }
    };
  }

  private static Completion end(String line) {
    return line.strip().toUpperCase(Locale.ROOT).equals("DONE")
        ? Completion.ok("IDLE done")
        : Completion.bad("CLIENTBUG", "DONE ends IDLE");
  }

  private Completion tellChanges() throws IOException {
    if (!session.isWelcome()) {
      return Completion.ok("IDLE done"); // and so is the conversation
    }
    session.news().tell(true);
    return session.state() instanceof State.LoggedOut
        ? Completion.ok("IDLE done")
        : Completion.LATER;
  }
}
